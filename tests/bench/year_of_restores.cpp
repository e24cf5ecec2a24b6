// Writes a store that has seen a year: 2,000 clusters, each with 250 jobs that were seen going on
// and then ended, a million entries in all. What the figures of docs/report.md were taken on.
//
//   year_of_restores FILE
//   /usr/bin/time -v restorewatch report --storage.path FILE --since 400d --format json >/dev/null

#include <atomic>
#include <cstdio>
#include <exception>

#include "store/open_store.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr unsigned kClusters = 2'000;
constexpr unsigned kJobs = 250;  // of each cluster
constexpr seconds kYear{365 * 24 * 3600};

WallTime beginning() {
  return *parse_time("2025-11-24T00:00:00Z");
}

/// Made at that time, the `n`-th of its sort.
ObjectId id_at(WallTime time, std::uint32_t n) {
  const auto stamp = std::chrono::duration_cast<seconds>(time.time_since_epoch()).count();
  ObjectId id;
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(stamp >> (24U - 8U * i));
    id.bytes[8 + i] = static_cast<std::uint8_t>(n >> (24U - 8U * i));
  }
  return id;
}

TargetKey cluster(unsigned n) {
  const ProjectId project = id_at(beginning(), n / 50);
  return {project, "cluster-" + std::to_string(n), Source::Dedicated, id_at(beginning(), n)};
}

/// One in ten is a download, one in twenty fails.
TrackedJob job(unsigned cluster_number, WallTime requested_at) {
  TrackedJob tracked;
  RestoreJob& job = tracked.job;
  job.id = id_at(requested_at, cluster_number);
  job.delivery = cluster_number % 10 == 0 ? Delivery::Download : Delivery::Automated;
  job.state = JobState::InProgress;
  job.requested_at = requested_at;
  job.snapshot_at = job.recovery_point = requested_at - std::chrono::hours(1);
  job.snapshot_id = id_at(*job.snapshot_at, cluster_number);
  job.target_project_id = cluster(cluster_number).project_id;
  job.target_cluster = "drill";
  tracked.purpose = Purpose::Drill;
  return tracked;
}

Transition step(const TargetKey& target, const TrackedJob& tracked, WallTime seen_at) {
  Transition step;
  step.target = target;
  step.project_name = "project";
  step.job = tracked.job;
  step.to = tracked.job.state;
  step.outcome = tracked.outcome;
  step.counts_request = !tracked.outcome;
  step.counts_outcome = tracked.outcome.has_value();
  if (tracked.outcome) step.from = JobState::InProgress;
  step.purpose = tracked.purpose;
  step.scope = Scope::SameProject;
  step.observed_at = seen_at;
  step.not_before = seen_at - seconds(60);
  return step;
}

PollResult life_of_a_job(unsigned cluster_number, unsigned nth) {
  const WallTime requested_at = beginning() + kYear / kJobs * nth + seconds(cluster_number);
  PollResult result;
  result.target = cluster(cluster_number);
  result.expected_version = nth;
  result.looked_at = requested_at + seconds(1230);
  if (nth == 0) result.baseline_at = beginning();
  TrackedJob tracked = job(cluster_number, requested_at);
  result.transitions.push_back(step(result.target, tracked, requested_at + seconds(10)));
  const bool fails = cluster_number % 20 == 1;
  tracked.job.state = fails ? JobState::Failed : JobState::Completed;
  tracked.outcome = tracked.job.outcome = fails ? Outcome::Failed : Outcome::Completed;
  tracked.ended_at = tracked.job.finished_at = requested_at + seconds(600 + cluster_number % 600);
  tracked.outcome_observed_at = *result.looked_at;
  result.transitions.push_back(step(result.target, tracked, *result.looked_at));
  result.jobs.push_back(std::move(tracked));
  return result;
}

int write_year(const char* path) {
  OpenStore store{std::string(path)};
  std::vector<Note> notes{{NoteKind::StoreCreated, beginning()},
                          {NoteKind::DaemonStarted, beginning()}};
  for (unsigned n = 0; n < kClusters; ++n) {
    notes.push_back({NoteKind::TargetAdded, beginning(), cluster(n), "project"});
  }
  std::atomic<int> failures = 0;
  const auto count = [&](CommitStatus status) {
    if (status != CommitStatus::Committed) ++failures;
  };
  store->record(std::move(notes), count);
  for (unsigned nth = 0; nth < kJobs; ++nth) {
    for (unsigned n = 0; n < kClusters; ++n) store->commit(life_of_a_job(n, nth), count);
    store->drain();  // the queue has a bound
  }
  store->stop();
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace restorewatch

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: year_of_restores FILE\n", stderr);
    return 2;
  }
  try {
    return restorewatch::write_year(argv[1]);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
}
