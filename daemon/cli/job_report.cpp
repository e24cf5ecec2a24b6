#include "cli/job_report.h"

#include <fmt/format.h>

#include <chrono>

#include "base/log_line.h"
#include "jobs/explanation.h"

namespace restorewatch {
namespace {

void line(std::string& out, std::string_view name, const std::string& value) {
  out += fmt::format("  {:<15} {}\n", name, value);
}

void line(std::string& out, std::string_view name, const std::optional<WallTime>& time) {
  if (time) line(out, name, format_time(*time));
}

std::string where_to(const RestoreJob& job) {
  if (!job.target_project_id && !job.target_cluster) return "Atlas does not say";
  std::string place = escaped(job.target_cluster.value_or("?"));
  if (job.target_project_id) place += " in project " + to_string(*job.target_project_id);
  return place;
}

void describe(std::string& out, const TargetKey& target, const TrackedJob& tracked) {
  const RestoreJob& job = tracked.job;
  line(out, "cluster",
       fmt::format("{} in project {}", escaped(target.cluster_name), to_string(target.project_id)));
  line(out, "source", std::string(label(target.source)));
  line(out, "delivery", std::string(label(job.delivery)));
  line(out, "restores to", where_to(job));
  line(out, "purpose", std::string(label(tracked.purpose)));
  line(out, "state", fmt::format("{}: {}", label(job.state), reason_of_state(target.source, job)));
  line(out, "outcome",
       fmt::format("{}: {}", tracked.outcome ? label(*tracked.outcome) : "none",
                   reason_of_outcome(target.source, tracked)));
  line(out, "requested", std::optional(job.requested_at));
  line(out, "finished", job.finished_at);
  line(out, "ended", tracked.ended_at);
  line(out, "end observed", tracked.outcome_observed_at);
  line(out, "not found since", tracked.not_found_at);
  line(out, "expires", job.expires_at);
  line(out, "snapshot of", job.snapshot_at);
  line(out, "recovery point", job.recovery_point);
  if (job.error_message) line(out, "error", escaped(*job.error_message));
}

std::string what_it_counts_for(const Transition& transition) {
  std::string counts;
  if (transition.counts_request) counts += " requested";
  if (transition.counts_outcome) counts += " finished";
  if (transition.missed) counts += " missed";
  if (transition.violations.any()) counts += " violations of " + label(transition.violations);
  return counts.empty() ? "" : ", counts:" + counts;
}

void describe(std::string& out, const JournalEntry& entry) {
  const auto& transition = std::get<Transition>(entry.what);  // a job has no notes
  out += fmt::format("  {:>8}  {}  {} -> {}{}\n", entry.seq,
                     format_time_millis(transition.observed_at),
                     transition.from ? label(*transition.from) : "none", label(transition.to),
                     what_it_counts_for(transition));
  if (transition.not_before) {
    out += fmt::format("            not before {}: the last look that did not show it\n",
                       format_time_millis(*transition.not_before));
  }
}

}  // namespace

std::string job_report(const JobId& id, const JobHistory& history) {
  std::string out = "job " + to_string(id) + "\n";
  for (const auto& [target, tracked] : history.known) describe(out, target, tracked);
  if (history.known.empty()) {
    out += "  It was forgotten by retention; only the journal still speaks of it.\n";
  }
  out += "\njournal\n";
  for (const JournalEntry& entry : history.entries) describe(out, entry);
  if (history.entries.empty()) {
    out +=
        "  No entry: it was there when its cluster was first looked at, or its entries are cut.\n";
  }
  return out;
}

}  // namespace restorewatch
