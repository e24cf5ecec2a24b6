#include "simulator/world.h"

#include <algorithm>
#include <utility>

#include "simulator/draws.h"
#include "simulator/misfit.h"
#include "simulator/object_id.h"
#include "simulator/planned_jobs.h"

namespace atlas_simulator {
namespace {

// So far before the start lies what a scenario gives no age.
constexpr Millis kLongBefore = std::chrono::days(1000);

VirtualTime resolve(const std::optional<Moment>& moment, VirtualTime start, VirtualTime otherwise) {
  if (!moment) return otherwise;
  if (const auto* time = std::get_if<VirtualTime>(&*moment)) return *time;
  return start + std::get<Millis>(*moment);
}

std::string usual_size(Tier tier) {
  if (tier == Tier::Free) return "M0";
  return tier == Tier::Tenant ? "M2" : "M10";
}

Origin origin_of(const Cluster& cluster, const std::string& project, Source source) {
  return {project, cluster.name, cluster.id, source};
}

}  // namespace

const Cluster* Project::cluster(std::string_view wanted) const {
  const auto found = std::find_if(clusters.begin(), clusters.end(), [&](const Cluster& cluster) {
    return cluster.name == wanted && !cluster.deleted;
  });
  return found == clusters.end() ? nullptr : &*found;
}

World::World(const Scenario& scenario, VirtualTime start)
    : events_(scenario.events), start_(start), seed_(scenario.seed) {
  std::stable_sort(events_.begin(), events_.end(),
                   [](const Event& a, const Event& b) { return a.at < b.at; });
  for (const auto& plan : scenario.projects) create_project(plan, start, start - kLongBefore);
  check_events();
}

/// Plays everything through in a world of its own.
void World::check_events() const {
  if (events_.empty()) return;
  World trial(*this);
  for (const auto& event : events_) {
    try {
      trial.act(event.action, start_ + event.at);
    } catch (const ActionRefused& refused) {
      throw ScenarioError(event.place + ": " + refused.what());
    }
  }
}

void World::catch_up(VirtualTime now) {
  for (; next_event_ < events_.size(); ++next_event_) {
    const VirtualTime due = start_ + events_[next_event_].at;
    if (due > now) return;
    try {
      act(events_[next_event_].action, due);
    } catch (const ActionRefused&) {
      ++events_left_out_;
    }
  }
}

const Project* World::project(std::string_view id) const {
  const auto found = std::find_if(projects_.begin(), projects_.end(),
                                  [&](const Project& project) { return project.id == id; });
  return found == projects_.end() ? nullptr : &*found;
}

Project* World::find(std::string_view id_or_name) {
  const auto found = std::find_if(projects_.begin(), projects_.end(), [&](const Project& project) {
    return project.id == id_or_name || project.name == id_or_name;
  });
  return found == projects_.end() ? nullptr : &*found;
}

std::string World::salt(const std::string& name) {
  return name + '#' + std::to_string(++salts_);
}

void World::number(std::vector<Job>& jobs) {
  for (auto& job : jobs) job.number = jobs_++;
}

void World::add_jobs(Cluster& cluster, const ClusterPlan& plan, const std::string& project,
                     VirtualTime start, Draws& draws) {
  const auto put = [&](Source source, std::vector<Job> jobs) {
    number(jobs);
    cluster.jobs(source).add(std::move(jobs));
  };
  const auto source_of = [&](const auto& part) {
    return part.source ? *part.source : *own_source(cluster.tier);  // checked when it was read
  };
  for (const auto& part : plan.jobs) {
    const Source source = source_of(part);
    put(source, planned_jobs(part, origin_of(cluster, project, source), start, draws));
  }
  for (const auto& part : plan.generate) {
    const Source source = source_of(part);
    put(source, generated_jobs(part, origin_of(cluster, project, source), start, draws));
  }
}

/// `born`: when it was created, if the plan does not say; absent: it is new, and differs from any
/// earlier one of its name.
void World::create_cluster(Project& project, const ClusterPlan& plan, VirtualTime now,
                           std::optional<VirtualTime> born) {
  const std::string name = project.id + '/' + plan.name;
  Draws draws(seed_for(seed_, born ? name : salt(name)));
  Cluster cluster;
  cluster.number = clusters_++;
  cluster.name = plan.name;
  cluster.tier = plan.tier;
  cluster.created = resolve(plan.created, now, born.value_or(now));
  Draws id_draws(seed_for(seed_, "id of " + name + std::to_string(cluster.number)));
  cluster.id = plan.id.value_or(object_id(cluster.created, id_draws));
  cluster.instance_size = plan.instance_size.value_or(usual_size(plan.tier));
  cluster.sharded = plan.sharded;
  cluster.paused = plan.paused;
  cluster.backup_enabled = plan.backup_enabled;
  cluster.keeps_backups = plan.deleted_with_backups;
  if (plan.deleted_with_backups) cluster.deleted = std::max(cluster.created, now - Millis(1));
  cluster.tags = plan.tags;
  add_jobs(cluster, plan, project.id, now, draws);
  project.clusters.push_back(std::move(cluster));
}

void World::create_project(const ProjectPlan& plan, VirtualTime now,
                           std::optional<VirtualTime> born) {
  Project project;
  project.id = plan.id;
  project.name = plan.name;
  project.organization = plan.organization;
  project.created = resolve(plan.created, now, born.value_or(now));
  project.tags = plan.tags;
  project.credentials = plan.credentials;
  project.roles = plan.roles;
  for (const auto& cluster : plan.clusters) create_cluster(project, cluster, now, born);
  projects_.push_back(std::move(project));
}

std::vector<std::string> World::add(const AddedJob& added, VirtualTime now) {
  Project* project = find(added.project);
  if (project == nullptr) return {};
  const Cluster* found = project->cluster(added.cluster);
  if (found == nullptr) return {};
  Cluster& cluster = project->clusters[static_cast<std::size_t>(found - project->clusters.data())];
  const auto source = added.plan.source ? added.plan.source : own_source(cluster.tier);
  if (!source || !has_source(cluster.tier, *source)) {
    throw ActionRefused(409, "a cluster of this tier has no such jobs");
  }
  if (const auto wrong = misfit(added.plan, *source)) {
    throw ActionRefused(409, "'" + wrong->key + "' " + wrong->reason);
  }
  Draws draws(seed_for(seed_, salt(project->id + '/' + cluster.name)));
  auto jobs = planned_jobs(added.plan, origin_of(cluster, project->id, *source), now, draws);
  number(jobs);
  std::vector<std::string> ids;
  ids.reserve(jobs.size());
  for (const auto& job : jobs) ids.push_back(job.id);
  cluster.jobs(*source).add(std::move(jobs));
  return ids;
}

}  // namespace atlas_simulator
