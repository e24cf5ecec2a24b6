#include "simulator/truth.h"

#include <algorithm>

#include "simulator/json_text.h"
#include "simulator/time_text.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

void add_time(JsonObject& object, std::string_view name, std::optional<VirtualTime> time) {
  if (time) {
    object.number(name, unix_seconds(*time));
  } else {
    object.null(name);
  }
}

void add_text(JsonObject& object, std::string_view name, std::string_view text) {
  if (text.empty()) {
    object.null(name);
  } else {
    object.text(name, text);
  }
}

/// A job that vanished was last in progress; that it is gone is said apart.
Look state_of(Look look) {
  return look == Look::Gone ? Look::InProgress : look;
}

}  // namespace

void Truth::show(const std::vector<Shown>& jobs) {
  for (const auto& job : jobs) {
    auto& looks = shown_[job.job_id];
    if (std::find(looks.begin(), looks.end(), job.look) == looks.end()) looks.push_back(job.look);
  }
}

void Truth::count(RequestKind kind, const std::string& project_id, const std::string& cluster) {
  Served& served = served_[{project_id, cluster}];
  if (kind == RequestKind::List) ++served.list;
  if (kind == RequestKind::Get) ++served.get;
}

std::string Truth::job_json(const Job& job, const Project& project, const Cluster& cluster,
                            VirtualTime now) const {
  const Look look = look_at(job, now);
  const auto outcome = outcome_of(job, now);
  JsonObject object;
  object.text("id", job.id).text("project_id", project.id).text("project_name", project.name);
  object.text("cluster_name", cluster.name);
  object.text("delivery", word_in(kDeliveryWords, job.delivery));
  object.text("state", word(state_of(look)));
  add_text(object, "outcome", outcome ? word(*outcome) : "");
  add_time(object, "requested_at", job.created);
  add_time(object, "finished_at", told_finish(job, now));
  add_time(object, "expires_at", told_expiry(job, now));
  add_time(object, "ended_at", ended_at(job, now));
  add_text(object, "target_project_id", job.target_project);
  add_text(object, "target_cluster", job.target_cluster);
  std::vector<std::string> words;
  const auto shown = shown_.find(job.id);
  if (shown != shown_.end()) {
    for (const Look each : shown->second) words.push_back(json_string(word(each)));
  }
  object.raw("shown", json_array(words)).flag("vanished", look == Look::Gone);
  return object.render();
}

std::string Truth::cluster_json(const Project& project, const Cluster& cluster, VirtualTime now,
                                Totals& totals) const {
  std::vector<std::string> jobs;
  for (const auto& job : cluster.jobs) {
    const Look look = look_at(job, now);
    if (look == Look::NotYet) continue;
    ++totals[std::string(word(look))];
    jobs.push_back(job_json(job, project, cluster, now));
  }
  const auto found = served_.find({project.id, cluster.name});
  const Served served = found == served_.end() ? Served{} : found->second;
  JsonObject object;
  object.text("name", cluster.name);
  object.number("list_requests", served.list).number("get_requests", served.get);
  return object.raw("jobs", json_array(jobs)).render();
}

std::string Truth::json(const World& world, VirtualTime now) const {
  Totals totals;
  std::vector<std::string> projects;
  for (const auto& project : world.projects()) {
    std::vector<std::string> clusters;
    for (const auto& cluster : project.clusters) {
      clusters.push_back(cluster_json(project, cluster, now, totals));
    }
    JsonObject object;
    object.text("id", project.id).text("name", project.name);
    projects.push_back(object.raw("clusters", json_array(clusters)).render());
  }
  JsonObject sums;
  for (const auto& [state, count] : totals) sums.number(state, count);
  JsonObject object;
  object.number("now", unix_seconds(now)).raw("projects", json_array(projects));
  return object.raw("totals", sums.render()).render();
}

}  // namespace atlas_simulator
