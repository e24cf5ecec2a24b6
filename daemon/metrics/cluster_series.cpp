#include "metrics/cluster_series.h"

#include <algorithm>
#include <utility>

#include "metrics/encoder.h"

namespace restorewatch {
namespace {

std::size_t index_of(ClusterFamily family) {
  return static_cast<std::size_t>(family);
}

/// In the order of ClusterFamily.
constexpr std::array<ClusterFamilyFacts, kClusterFamilyCount> kFacts{{
    {"mongodbatlas_restore_jobs", "gauge", "Restore jobs known, by state."},
    {"mongodbatlas_restore_oldest_active_requested_timestamp_seconds", "gauge",
     "When the oldest job that is still active was requested."},
    {"mongodbatlas_restore_download_links_active", "gauge", "Downloads whose link works."},
    {"mongodbatlas_restore_download_link_expiry_timestamp_seconds", "gauge",
     "When the first of the working download links expires."},
    {"mongodbatlas_restore_last_success_timestamp_seconds", "gauge",
     "When the last job that completed ended (a download: was ready)."},
    {"mongodbatlas_restore_last_success_requested_timestamp_seconds", "gauge",
     "When the last job that completed was requested."},
    {"mongodbatlas_restore_last_success_duration_seconds", "gauge",
     "From request to end of the last job that completed, where finishedAt says."},
    {"mongodbatlas_restore_last_success_recovery_point_timestamp_seconds", "gauge",
     "The moment that the data of the last completed job stands at."},
    {"mongodbatlas_restore_last_drill_success_timestamp_seconds", "gauge",
     "When the last restore that counts as a drill completed."},
    {"mongodbatlas_restore_last_failure_timestamp_seconds", "gauge",
     "When the last job that failed ended."},
    {"mongodbatlas_restore_last_failure_observed_timestamp_seconds", "gauge",
     "When the last failure was seen and committed; never set by what was there before watching "
     "began. Alert on this one."},
    {"mongodbatlas_restore_jobs_requested_total", "counter",
     "Jobs requested since watching began, by where the data goes."},
    {"mongodbatlas_restore_jobs_finished_total", "counter",
     "Jobs whose outcome was seen since watching began."},
    {"mongodbatlas_restore_policy_violations_total", "counter",
     "Jobs requested since watching began that break a policy."},
    {"mongodbatlas_restore_last_policy_violation_observed_timestamp_seconds", "gauge",
     "When the last job that breaks a policy was seen and committed. Alert on this one."},
    {"mongodbatlas_restore_target_up", "gauge", "Whether the last look at the target succeeded."},
    {"mongodbatlas_restore_target_last_poll_success_timestamp_seconds", "gauge",
     "When the last look at the target that succeeded began."},
    {"mongodbatlas_restore_target_effective_interval_seconds", "gauge",
     "How often the target can be looked at."},
    {"mongodbatlas_restore_job_info", "gauge", "What each job is; the value is 1."},
    {"mongodbatlas_restore_job_state", "gauge", "The state each job is in; the value is 1."},
    {"mongodbatlas_restore_job_requested_timestamp_seconds", "gauge",
     "When each job was requested."},
    {"mongodbatlas_restore_job_finished_timestamp_seconds", "gauge",
     "When each job finished, where Atlas says."},
}};

}  // namespace

const ClusterFamilyFacts& facts_of(ClusterFamily family) {
  return kFacts[index_of(family)];
}

void ClusterSeries::add(ClusterFamily family, std::string labels, double value) {
  families_[index_of(family)].push_back({std::move(labels), value});
}

void ClusterSeries::add(ClusterFamily family, std::string labels, std::uint64_t value) {
  add(family, std::move(labels), static_cast<double>(value));
}

void ClusterSeries::add(ClusterFamily family, std::string labels, std::optional<WallTime> time) {
  if (time) add(family, std::move(labels), unix_seconds(*time));
}

void ClusterSeries::add(ClusterFamily family, std::string labels,
                        std::optional<std::chrono::milliseconds> duration) {
  if (duration) add(family, std::move(labels), in_seconds(*duration));
}

void ClusterSeries::append_samples(ClusterFamily family, std::string& out) {
  std::vector<Series>& series = families_[index_of(family)];
  std::ranges::sort(series, {}, &Series::labels);
  for (const Series& one : series) append_sample(out, facts_of(family).name, one);
}

double in_seconds(std::chrono::milliseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace restorewatch
