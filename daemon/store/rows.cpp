#include "store/rows.h"

#include <algorithm>
#include <initializer_list>
#include <limits>

#include "store/fields.h"

namespace restorewatch {
namespace {

constexpr const char* kTargetColumns = "project_id, cluster_name, source, cluster_id";
constexpr const char* kJobColumns =
    "job_id, delivery, state, shown_outcome, requested_at, finished_at, expires_at, snapshot_id, "
    "snapshot_at, recovery_point, target_project_id, target_cluster, error_message, "
    "has_link, restored_documents, total_documents, failed_collections";
constexpr const char* kTrackedColumns =
    "outcome, purpose, ended_after, outcome_observed_at, not_found_at, entered";
constexpr const char* kStepFirstColumn = "project_name";
constexpr const char* kStepMiddleColumns =
    "from_state, to_state, nth, outcome, counts_request, counts_outcome, missed, purpose, scope";
constexpr const char* kStepLastColumns = "observed_at, not_before";

constexpr int kProgressColumns = 3;

std::string join(std::initializer_list<const char*> lists) {
  std::string columns;
  for (const char* const list : lists) {
    if (!columns.empty()) columns += ", ";
    columns += list;
  }
  return columns;
}

void put_nulls(Query& query, std::string_view columns) {
  for (std::size_t i = 0; i < count_columns(columns); ++i) query.put_null();
}

void skip(Query& query, std::string_view columns) {
  for (std::size_t i = 0; i < count_columns(columns); ++i) query.skip();
}

void put_progress(Query& query, const std::optional<RestoreProgress>& progress) {
  if (!progress) {
    for (int column = 0; column < kProgressColumns; ++column) query.put_null();
    return;
  }
  put(query, progress->restored_documents);
  put(query, progress->total_documents);
  put(query, progress->failed_collections);
}

/// All of its columns are NULL, or none is.
std::optional<RestoreProgress> get_progress(Query& query) {
  int nulls = 0;
  RestoreProgress progress;
  const auto read = [&](auto& field) {
    if (query.at_null()) ++nulls;
    get_into(field, query);
  };
  read(progress.restored_documents);
  read(progress.total_documents);
  read(progress.failed_collections);
  if (nulls == kProgressColumns) return std::nullopt;
  if (nulls > 0) query.reject();
  return progress;
}

RestoreJob get_job(Query& query) {
  RestoreJob job;
  get_into(job.id, query);
  get_into(job.delivery, query);
  get_into(job.state, query);
  get_into(job.outcome, query);
  get_into(job.requested_at, query);
  get_into(job.finished_at, query);
  get_into(job.expires_at, query);
  get_into(job.snapshot_id, query);
  get_into(job.snapshot_at, query);
  get_into(job.recovery_point, query);
  get_into(job.target_project_id, query);
  get_into(job.target_cluster, query);
  get_into(job.error_message, query);
  get_into(job.has_link, query);
  job.progress = get_progress(query);
  return job;
}

/// What `ended_after` counts from.
WallTime finished_or_epoch(const TrackedJob& tracked) {
  return tracked.job.finished_at.value_or(WallTime{});
}

std::optional<std::int64_t> ended_after(const TrackedJob& tracked) {
  if (!tracked.ended_at) return std::nullopt;
  return (*tracked.ended_at - finished_or_epoch(tracked)).count();
}

std::optional<WallTime> get_ended_at(Query& query, const TrackedJob& tracked) {
  const auto after = get<std::optional<std::int64_t>>(query);
  if (!after) return std::nullopt;
  std::int64_t ended = 0;
  const std::int64_t from = finished_or_epoch(tracked).time_since_epoch().count();
  if (__builtin_add_overflow(from, *after, &ended)) query.reject();
  return WallTime{std::chrono::milliseconds{ended}};
}

void get_entered(Query& query, std::array<std::uint16_t, kJobStateCount>& entered) {
  const std::span<const std::uint8_t> bytes = query.get_blob();
  if (bytes.size() % 2 != 0) query.reject();
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto state = from_code<JobState>(bytes[i]);
    if (!state) return query.reject();
    entered[index_of(*state)] =
        static_cast<std::uint16_t>(entered[index_of(*state)] + bytes[i + 1]);
  }
}

}  // namespace

std::string target_row() {
  return kTargetColumns;
}

std::string job_row() {
  return join({kJobColumns, kTrackedColumns});
}

std::string transition_row() {
  return join(
      {kTargetColumns, kJobColumns, kStepFirstColumn, kStepMiddleColumns, kStepLastColumns});
}

std::size_t count_columns(std::string_view columns) {
  return 1 + static_cast<std::size_t>(std::ranges::count(columns, ','));
}

std::string placeholders(const std::string& columns) {
  std::string marks = "?";
  for (std::size_t i = 1; i < count_columns(columns); ++i) marks += ", ?";
  return marks;
}

EnteredBytes::EnteredBytes(const std::array<std::uint16_t, kJobStateCount>& entered) {
  for (std::size_t i = 0; i < entered.size(); ++i) {
    constexpr unsigned kMost = std::numeric_limits<std::uint8_t>::max();
    for (unsigned left = entered[i]; left > 0; left -= std::min(left, kMost)) {
      bytes_.push_back(code_of(static_cast<JobState>(i)));
      bytes_.push_back(static_cast<std::uint8_t>(std::min(left, kMost)));
    }
  }
}

void put(Query& query, const TargetKey& target) {
  put(query, target.project_id);
  put(query, target.cluster_name);
  put(query, target.source);
  put(query, target.cluster_id);
}

void put(Query& query, const RestoreJob& job) {
  put(query, job.id);
  put(query, job.delivery);
  put(query, job.state);
  put(query, job.outcome);
  put(query, job.requested_at);
  put(query, job.finished_at);
  put(query, job.expires_at);
  put(query, job.snapshot_id);
  put(query, job.snapshot_at);
  put(query, job.recovery_point);
  put(query, job.target_project_id);
  put(query, job.target_cluster);
  put(query, job.error_message);
  put(query, job.has_link);
  put_progress(query, job.progress);
}

void put(Query& query, const TrackedJob& tracked, const EnteredBytes& entered) {
  put(query, tracked.job);
  put(query, tracked.outcome);
  put(query, tracked.purpose);
  put(query, ended_after(tracked));
  put(query, tracked.outcome_observed_at);
  put(query, tracked.not_found_at);
  query.put_blob(entered.bytes());
}

void put(Query& query, const Transition& transition) {
  put(query, transition.target);
  put(query, transition.job);
  put(query, transition.project_name);
  put(query, transition.from);
  put(query, transition.to);
  put(query, transition.nth);
  put(query, transition.outcome);
  put(query, transition.counts_request);
  put(query, transition.counts_outcome);
  put(query, transition.missed);
  put(query, transition.purpose);
  put(query, transition.scope);
  put(query, transition.observed_at);
  put(query, transition.not_before);
}

TargetKey get_target(Query& query) {
  TargetKey target;
  get_into(target.project_id, query);
  get_into(target.cluster_name, query);
  get_into(target.source, query);
  get_into(target.cluster_id, query);
  return target;
}

TrackedJob get_tracked_job(Query& query) {
  TrackedJob tracked;
  tracked.job = get_job(query);
  get_into(tracked.outcome, query);
  get_into(tracked.purpose, query);
  tracked.ended_at = get_ended_at(query, tracked);
  get_into(tracked.outcome_observed_at, query);
  get_into(tracked.not_found_at, query);
  get_entered(query, tracked.entered);
  return tracked;
}

Transition get_transition(Query& query) {
  Transition transition;
  transition.target = get_target(query);
  transition.job = get_job(query);
  get_into(transition.project_name, query);
  get_into(transition.from, query);
  get_into(transition.to, query);
  get_into(transition.nth, query);
  get_into(transition.outcome, query);
  get_into(transition.counts_request, query);
  get_into(transition.counts_outcome, query);
  get_into(transition.missed, query);
  get_into(transition.purpose, query);
  get_into(transition.scope, query);
  get_into(transition.observed_at, query);
  get_into(transition.not_before, query);
  return transition;
}

void put_in_transition_row(Query& query, const Note& note) {
  if (note.target) {
    put(query, *note.target);
  } else {
    put_nulls(query, kTargetColumns);
  }
  put_nulls(query, kJobColumns);
  put(query, note.project_name);
  put_nulls(query, kStepMiddleColumns);
  put(query, note.at);
  query.put_null();
}

Note get_note_in_transition_row(Query& query) {
  Note note;
  if (query.at_null()) {
    skip(query, kTargetColumns);
  } else {
    note.target = get_target(query);
  }
  skip(query, kJobColumns);
  get_into(note.project_name, query);
  skip(query, kStepMiddleColumns);
  get_into(note.at, query);
  query.skip();
  return note;
}

}  // namespace restorewatch
