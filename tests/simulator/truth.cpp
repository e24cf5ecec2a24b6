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

std::string text_array(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  quoted.reserve(texts.size());
  for (const auto& text : texts) quoted.push_back(json_string(text));
  return json_array(quoted);
}

/// Collection jobs have no delivery; what they are is said in its place.
std::string_view delivery_word(const Job& job) {
  return job.source == Source::Collection ? "collection" : word_in(kDeliveryWords, job.delivery);
}

void add_times(JsonObject& object, const Job& job, VirtualTime now) {
  add_time(object, "requested_at", job.created);
  add_time(object, "finished_at", told_finish(job, now));
  add_time(object, "expires_at", told_expiry(job, now));
  add_time(object, "ended_at", ended_at(job, now));
}

}  // namespace

void Truth::show(const std::vector<Shown>& jobs) {
  for (const auto& job : jobs) {
    auto& looks = shown_[job.job];
    if (std::find(looks.begin(), looks.end(), job.look) == looks.end()) looks.push_back(job.look);
  }
}

void Truth::count(RequestKind kind, std::uint64_t cluster) {
  Served& served = served_[cluster];
  if (kind == RequestKind::List) ++served.list;
  if (kind == RequestKind::Get) ++served.get;
}

std::string Truth::shown_words(const Job& job) const {
  const auto shown = shown_.find(job.number);
  if (shown == shown_.end()) return "[]";
  std::vector<std::string> words;
  for (const Look each : shown->second) words.emplace_back(word(each));
  return text_array(words);
}

std::string Truth::job_json(const Job& job, const Project& project, const Cluster& cluster,
                            VirtualTime now) const {
  const auto outcome = outcome_of(job, now);
  const bool gone = has_vanished(job, now);
  JsonObject object;
  object.text("id", job.id).text("source", word_in(kSourceWords, job.source));
  object.text("project_id", project.id).text("project_name", project.name);
  object.text("cluster_id", job.cluster_id).text("cluster_name", cluster.name);
  object.text("delivery", delivery_word(job)).text("state", word(last_shown_look(job, now)));
  add_text(object, "outcome", outcome ? word(*outcome) : "");
  add_times(object, job, now);
  add_text(object, "target_project_id", job.target_project);
  add_text(object, "target_cluster", job.target_cluster);
  object.raw("shown", shown_words(job)).flag("vanished", gone);
  object.flag("deleted", cluster.deleted.has_value());
  object.flag("reachable", !gone && !cluster.deleted && has_source(cluster.tier, job.source));
  object.flag("partial", job.partial && outcome == Look::Completed);
  return object.flag("has_link", has_link(job, now)).render();
}

std::string Truth::jobs_json(const Project& project, const Cluster& cluster, VirtualTime now,
                             Totals& totals) const {
  std::vector<std::string> jobs;
  for (const auto& list : cluster.lists) {
    for (const auto& job : list.all()) {
      const Look look = look_at(job, now);
      if (look == Look::NotYet) continue;
      ++totals[std::string(word(look))];
      jobs.push_back(job_json(job, project, cluster, now));
    }
  }
  return json_array(jobs);
}

std::string Truth::cluster_json(const Project& project, const Cluster& cluster, VirtualTime now,
                                Totals& totals) const {
  const auto found = served_.find(cluster.number);
  const Served served = found == served_.end() ? Served{} : found->second;
  JsonObject object;
  object.text("id", cluster.id).text("name", cluster.name);
  object.raw("earlier_names", text_array(cluster.earlier_names));
  object.text("tier", word_in(kTierWords, cluster.tier));
  object.flag("backup_enabled", cluster.backup_enabled).flag("paused", cluster.paused);
  add_time(object, "created_at", cluster.created);
  add_time(object, "deleted_at", cluster.deleted);
  object.number("list_requests", served.list).number("get_requests", served.get);
  return object.raw("jobs", jobs_json(project, cluster, now, totals)).render();
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
    object.text("organization", project.organization);
    projects.push_back(object.raw("clusters", json_array(clusters)).render());
  }
  JsonObject sums;
  for (const auto& [state, count] : totals) sums.number(state, count);
  JsonObject object;
  object.number("now", unix_seconds(now)).raw("projects", json_array(projects));
  object.number("events_left_out", static_cast<std::int64_t>(world.events_left_out()));
  return object.raw("totals", sums.render()).render();
}

}  // namespace atlas_simulator
