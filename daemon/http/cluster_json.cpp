#include "http/cluster_json.h"

#include "base/json_object.h"

namespace restorewatch {
namespace {

constexpr std::string_view label(Sight sight) {
  switch (sight) {
    case Sight::Undecided:
      return "undecided";
    case Sight::Visible:
      return "visible";
    case Sight::Blind:
      return "blind";
  }
  return "undecided";
}

std::string quoted(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

/// Numbers of jobs by state, without those of which there is none.
std::string jobs_json(const TargetSummary& summary) {
  JsonObject jobs;
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    if (summary.jobs[i] > 0) jobs.add(label(static_cast<JobState>(i)), summary.jobs[i]);
  }
  return jobs.text();
}

std::string source_json(const TargetView& view) {
  JsonObject source;
  source.add("source", label(view.target.key.source))
      .add("watched", view.polled)
      .add("sight", label(view.sight))
      .add("up", view.up)
      .add("last_looked_at", view.last_success_at);
  if (view.trouble) {
    source.add_json("error", JsonObject()
                                 .add("kind", label(view.trouble->kind))
                                 .add("since", view.trouble->since)
                                 .text());
  }
  if (view.polled) source.add("effective_interval_s", view.effective_interval);
  if (view.polled && !view.present_unknown) source.add_json("jobs", jobs_json(view.summary));
  return source.text();
}

std::string sources_json(const ClusterRow& row) {
  std::vector<std::string> sources;
  for (const auto& view : row.sources) sources.push_back(source_json(*view));
  return json_array(sources);
}

std::string states_json(const ClusterState& state) {
  std::vector<std::string> states;
  for (const Found& found : state.findings) states.push_back(quoted(label(found.what)));
  if (state.severity() >= Severity::Note) states.push_back(quoted("ok"));
  return json_array(states);
}

std::string successes_json(const TargetSummary& summary) {
  std::vector<std::string> successes;
  for (std::size_t i = 0; i < kDeliveryCount; ++i) {
    const auto& last = summary.last_success[i];
    if (!last) continue;
    successes.push_back(JsonObject()
                            .add("delivery", label(static_cast<Delivery>(i)))
                            .add("requested_at", last->requested_at)
                            .add("ended_at", last->ended_at)
                            .add("duration_s", last->duration)
                            .add("recovery_point", last->recovery_point)
                            .text());
  }
  return json_array(successes);
}

std::string failures_json(const TargetSummary& summary) {
  std::vector<std::string> failures;
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const auto& last = summary.last_failure[i];
    if (!last) continue;
    failures.push_back(JsonObject()
                           .add("kind", label(static_cast<Kind>(i)))
                           .add("ended_at", last->ended_at)
                           .add("observed_at", last->observed_at)
                           .text());
  }
  return json_array(failures);
}

std::string violations_json(const ClusterRow& row) {
  std::vector<std::string> violations;
  for (const auto& view : row.sources) {
    for (std::size_t i = 0; i < kPolicyRuleCount; ++i) {
      if (!view->last_violation_at[i]) continue;
      violations.push_back(JsonObject()
                               .add("rule", label(static_cast<PolicyRule>(i)))
                               .add("source", label(view->target.key.source))
                               .add("observed_at", view->last_violation_at[i])
                               .text());
    }
  }
  return json_array(violations);
}

std::string objectives_json(const Objectives& objectives) {
  return JsonObject()
      .add("drill_interval_s", objectives.drill_interval)
      .add("restore_duration_s", objectives.restore_duration)
      .add("recovery_point_s", objectives.recovery_point)
      .text();
}

void add_inventory(const InventoryCluster& known, JsonObject& cluster) {
  cluster.add("tier", label(known.cluster.tier))
      .add("backup_enabled", known.cluster.backup_enabled)
      .add("paused", known.cluster.paused)
      .add("deleted", known.cluster.deleted);
  if (known.not_polled) cluster.add("not_watched_because", label(*known.not_polled));
}

void add_present(const ClusterState& state, JsonObject& cluster) {
  cluster.add("active_jobs", state.summary.active_jobs())
      .add("oldest_active_requested_at", state.summary.oldest_active_requested_at)
      .add("links_open", state.summary.links_active)
      .add("link_expires_at", state.summary.link_expires_at);
}

}  // namespace

std::string cluster_json(const ClusterRow& row, const ClusterState& state) {
  JsonObject cluster;
  cluster.add("project_id", row.project_id())
      .add("project_name", row.project_name())
      .add("cluster_name", row.cluster_name());
  if (row.known != nullptr) add_inventory(*row.known, cluster);
  cluster.add("watched", row.is_polled())
      .add_json("states", states_json(state))
      .add_json("sources", sources_json(row));
  if (row.is_polled() && !state.present_unknown) add_present(state, cluster);
  cluster.add_json("last_success", successes_json(state.summary))
      .add_json("last_failure", failures_json(state.summary))
      .add_json("last_violation", violations_json(row))
      .add("last_drill_success_at", state.summary.last_drill_success_at)
      .add("drill_due_at", state.drill_due_at())
      .add_json("objectives", objectives_json(state.objectives));
  return cluster.text();
}

}  // namespace restorewatch
