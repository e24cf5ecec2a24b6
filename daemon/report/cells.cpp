#include "report/cells.h"

#include <fmt/format.h>

#include <concepts>

#include "jobs/diff.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;

Cell text(std::string_view key, std::string value) {
  return {key, Cell::Type::Text, std::move(value)};
}

Cell literal(std::string_view key, std::string value) {
  return {key, Cell::Type::Literal, std::move(value)};
}

Cell cell(std::string_view key, std::string_view value) {
  return text(key, std::string(value));
}
Cell cell(std::string_view key, WallTime value) {
  return text(key, format_time(value));
}
Cell cell(std::string_view key, const ObjectId& value) {
  return text(key, to_string(value));
}
Cell cell(std::string_view key, milliseconds value) {
  return literal(key, seconds_text(value));
}
Cell cell(std::string_view key, double value) {
  return literal(key, fmt::format("{:.4f}", value));
}
Cell cell(std::string_view key, std::same_as<bool> auto value) {
  return literal(key, value ? "true" : "false");
}
Cell cell(std::string_view key, std::uint64_t value) {
  return literal(key, std::to_string(value));
}
template <typename T>
Cell cell(std::string_view key, const std::optional<T>& value) {
  return value ? cell(key, *value) : Cell{key};
}

/// What nobody has said is absent rather than empty.
Cell name(std::string_view key, const std::string& value) {
  return value.empty() ? Cell{key} : text(key, value);
}

std::optional<milliseconds> uncertainty_of(const std::optional<Sighting>& seen) {
  return seen ? seen->uncertainty() : std::nullopt;
}

std::optional<WallTime> time_of(const std::optional<Sighting>& seen) {
  return seen ? std::optional(seen->at) : std::nullopt;
}

std::optional<std::uint64_t> failed_collections(const RestoreJob& job) {
  return job.progress ? std::optional<std::uint64_t>(job.progress->failed_collections)
                      : std::nullopt;
}

std::optional<std::string_view> label_of(const std::optional<Outcome>& outcome) {
  return outcome ? std::optional(label(*outcome)) : std::nullopt;
}

/// "outcome_count" for each outcome.
void add_counts(Cells& cells, const std::array<std::string_view, kOutcomeCount>& keys,
                const std::array<std::uint64_t, kOutcomeCount>& counts) {
  for (std::size_t i = 0; i < kOutcomeCount; ++i) cells.push_back(cell(keys[i], counts[i]));
}

constexpr std::array<std::string_view, kOutcomeCount> kRestores{
    "restores_completed", "restores_failed", "restores_cancelled", "restores_expired",
    "restores_lost"};
constexpr std::array<std::string_view, kOutcomeCount> kDownloads{
    "downloads_completed", "downloads_failed", "downloads_cancelled", "downloads_expired",
    "downloads_lost"};

}  // namespace

std::string seconds_text(milliseconds time) {
  const auto millis = time.count() % 1000;
  std::string seconds = std::to_string(time.count() / 1000);
  if (millis == 0) return seconds;
  seconds += fmt::format(".{:03}", millis < 0 ? -millis : millis);
  return seconds.substr(0, seconds.find_last_not_of('0') + 1);
}

Cells cells_of(const ReportRow& row) {
  const JobEvidence& evidence = row.job;
  const RestoreJob& job = evidence.job;
  return {cell("job_id", job.id),
          cell("project_id", evidence.target.project_id),
          name("project_name", row.project_name),
          cell("cluster_name", std::string_view(row.cluster_name)),
          cell("source", label(evidence.target.source)),
          cell("delivery", label(job.delivery)),
          cell("drill", evidence.purpose == Purpose::Drill && evidence.kind() == Kind::Restore),
          cell("scope", label(scope_of(evidence.target, job))),
          cell("target_project_id", job.target_project_id),
          name("target_cluster", job.target_cluster.value_or("")),
          name("violations", label(evidence.violations)),
          cell("snapshot_id", job.snapshot_id),
          cell("snapshot_at", job.snapshot_at),
          cell("recovery_point", job.recovery_point),
          cell("recovery_point_age_s", evidence.recovery_point_age()),
          cell("recovery_point_met", row.recovery_point_met),
          cell("requested_at", job.requested_at),
          cell("finished_at", job.finished_at),
          cell("ended_at", evidence.ended_at),
          cell("duration_s", evidence.duration()),
          cell("duration_met", row.duration_met),
          cell("state", label(job.state)),
          cell("outcome", label_of(evidence.outcome)),
          cell("failed_collections", failed_collections(job)),
          cell("ended_in_period", row.ended_in_period),
          cell("missed", evidence.missed),
          cell("first_seen_at", time_of(evidence.first_seen)),
          cell("first_seen_uncertainty_s", uncertainty_of(evidence.first_seen)),
          cell("end_seen_at", time_of(evidence.end_seen)),
          cell("end_seen_uncertainty_s", uncertainty_of(evidence.end_seen)),
          cell("evidence", label(evidence.evidence)),
          name("error", job.error_message.value_or(""))};
}

Cells cells_of(const ClusterSummary& summary, const Period& period) {
  const ClusterBook::Entry& cluster = summary.cluster;
  const bool was_watched = !summary.watched.empty();
  const auto& last = summary.last_good_drill;
  Cells cells{
      cell("project_id", cluster.project_id),
      name("project_name", cluster.project_name),
      cell("cluster_name", std::string_view(cluster.name)),
      cell("cluster_id", cluster.id),
      cell("coverage", label(summary.coverage)),
      cell("last_good_drill_at", last),
      cell("last_good_drill_in_period", last.has_value() && period.contains(*last)),
      cell("drills_completed", summary.drills_completed),
      cell("longest_drill_gap_s", summary.longest_gap),
      cell("drill_interval_s", summary.objectives.drill_interval),
      cell("drill_interval_met", summary.drill_interval_met),
      cell("restores_ended", summary.restores_ended()),
  };
  add_counts(cells, kRestores, summary.restores);
  cells.push_back(cell("restores_active_at_end", summary.active_at_end));
  cells.push_back(cell("success_share", summary.success_share()));
  cells.push_back(cell("duration_median_s", summary.duration_median));
  cells.push_back(cell("duration_max_s", summary.duration_max));
  cells.push_back(cell("restore_duration_s", summary.objectives.restore_duration));
  cells.push_back(cell("restore_duration_missed", summary.duration_missed));
  cells.push_back(cell("recovery_point_s", summary.objectives.recovery_point));
  cells.push_back(cell("recovery_point_missed", summary.recovery_point_missed));
  add_counts(cells, kDownloads, summary.downloads);
  cells.push_back(cell("watched_from",
                       was_watched ? std::optional(summary.watched.front().from) : std::nullopt));
  cells.push_back(cell("watched_until", was_watched ? summary.watched.back().to : std::nullopt));
  cells.push_back(cell("watched_s", length(summary.watched)));
  cells.push_back(cell("unseen_s", summary.unseen));
  cells.push_back(cell("watched_at_end", summary.watched_at_end));
  cells.push_back(cell("blind_at_end", summary.blind_at_end));
  return cells;
}

Cells gap_cells(const Report& report, std::size_t index) {
  const Gap& gap = report.gaps[index];
  const ClusterBook::Entry& cluster = report.gap_clusters[index];
  const bool of_one = gap.cluster.has_value();
  return {cell("kind", label(gap.kind)),
          of_one ? cell("project_id", cluster.project_id) : Cell{"project_id"},
          name("project_name", cluster.project_name),
          name("cluster_name", cluster.name),
          gap.source ? cell("source", label(*gap.source)) : Cell{"source"},
          cell("from", gap.span.from),
          cell("to", gap.span.to),
          cell("in_period_s", length(within(report.asked.period, {gap.span})))};
}

Cells cells_of(const RulesChange& change) {
  return {cell("from", change.from), name("rules", change.rules)};
}

Cells about_cells(const Report& report) {
  const Provenance& from = report.provenance;
  return {literal("format_version", "1"),
          text("program", from.program),
          cell("made_at", from.made_at),
          cell("since", report.asked.period.since),
          cell("until", report.asked.period.until),
          cell("project", report.asked.project),
          cell("cluster", report.asked.cluster),
          name("objectives_from", from.objectives_from),
          text("store", from.store_path),
          cell("store_created_at", from.store_created_at),
          cell("cut_before", from.forgotten_before),
          cell("evidence_from", report.evidence.since),
          cell("evidence_until", report.evidence.until),
          cell("entries", from.entries),
          text("anchor", from.anchor),
          text("head", from.head),
          cell("sound", from.sound),
          name("findings", fmt::format("{}", fmt::join(from.findings, "; "))),
          text("verify_command", from.verify_command)};
}

}  // namespace restorewatch
