#include "simulator/world.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "simulator/draws.h"

namespace atlas_simulator {
namespace {

void add_planned(Cluster& cluster, const std::string& project, const JobPlan& plan,
                 VirtualTime start, Draws& draws) {
  for (std::int64_t i = 0; i < plan.count; ++i) {
    const VirtualTime created = start + plan.at + plan.every * i;
    cluster.jobs.push_back(make_job(plan, created, project, cluster.name, draws));
  }
}

End draw_end(const std::map<End, std::uint64_t>& mix, Draws& draws) {
  std::uint64_t total = 0;
  for (const auto& [end, weight] : mix) total += weight;
  assert(total > 0);  // a scenario with another mix is refused
  std::uint64_t point = draws.below(total);
  for (const auto& [end, weight] : mix) {
    if (point < weight) return end;
    point -= weight;
  }
  return End::Completed;
}

Delivery draw_delivery(End end, Draws& draws) {
  if (end == End::Expired || end == End::Cancelled || end == End::Ready) return Delivery::Download;
  constexpr std::array kOthers{Delivery::Automated, Delivery::Automated, Delivery::PointInTime};
  return kOthers[draws.below(kOthers.size())];
}

void add_generated(Cluster& cluster, const std::string& project, const GeneratePlan& generate,
                   VirtualTime start, Draws& draws) {
  for (std::int64_t i = 0; i < generate.count; ++i) {
    JobPlan plan;
    plan.takes = generate.takes;
    plan.end = draw_end(generate.mix, draws);
    plan.delivery = draw_delivery(plan.end, draws);
    const VirtualTime created = start + draw({generate.from, generate.until}, draws);
    cluster.jobs.push_back(make_job(plan, created, project, cluster.name, draws));
  }
}

void sort_newest_first(std::vector<Job>& jobs) {
  std::sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) {
    return a.created != b.created ? a.created > b.created : a.id > b.id;
  });
}

Cluster make_cluster(const ClusterPlan& plan, const std::string& project, std::uint64_t seed,
                     VirtualTime start) {
  Draws draws(seed_for(seed, project + '/' + plan.name));
  Cluster cluster{plan.name, plan.sharded, {}};
  for (const auto& job : plan.jobs) add_planned(cluster, project, job, start, draws);
  if (plan.generate) add_generated(cluster, project, *plan.generate, start, draws);
  sort_newest_first(cluster.jobs);
  return cluster;
}

}  // namespace

World::World(const Scenario& scenario, VirtualTime start) : seed_(scenario.seed) {
  for (const auto& plan : scenario.projects) {
    Project project{plan.id, plan.name, plan.credentials, {}};
    for (const auto& cluster : plan.clusters) {
      project.clusters.push_back(make_cluster(cluster, plan.id, scenario.seed, start));
    }
    projects_.push_back(std::move(project));
  }
}

const Project* World::project(std::string_view id) const {
  const auto found = std::find_if(projects_.begin(), projects_.end(),
                                  [&](const Project& project) { return project.id == id; });
  return found == projects_.end() ? nullptr : &*found;
}

const Cluster* World::cluster(const Project& project, std::string_view name) {
  const auto found = std::find_if(project.clusters.begin(), project.clusters.end(),
                                  [&](const Cluster& cluster) { return cluster.name == name; });
  return found == project.clusters.end() ? nullptr : &*found;
}

std::vector<std::string> World::add(const AddedJob& added, VirtualTime now) {
  for (auto& project : projects_) {
    if (project.id != added.project && project.name != added.project) continue;
    for (auto& cluster : project.clusters) {
      if (cluster.name != added.cluster) continue;
      Draws draws(
          seed_for(seed_, project.id + '/' + cluster.name + '#' + std::to_string(++added_)));
      Cluster fresh{cluster.name, cluster.sharded, {}};
      add_planned(fresh, project.id, added.plan, now, draws);
      std::vector<std::string> ids;
      for (const auto& job : fresh.jobs) ids.push_back(job.id);
      cluster.jobs.insert(cluster.jobs.end(), fresh.jobs.begin(), fresh.jobs.end());
      sort_newest_first(cluster.jobs);
      return ids;
    }
  }
  return {};
}

}  // namespace atlas_simulator
