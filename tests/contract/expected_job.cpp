#include "contract/expected_job.h"

#include <algorithm>
#include <stdexcept>
#include <type_traits>

#include "simulator/job_facts.h"

namespace restorewatch {
namespace {

namespace sim = atlas_simulator;

JobState state_of(sim::Look look) {
  switch (look) {
    case sim::Look::Pending:
      return JobState::Pending;
    case sim::Look::Queued:
      return JobState::Queued;
    case sim::Look::Running:
      return JobState::Running;
    case sim::Look::InProgress:
      return JobState::InProgress;
    case sim::Look::Ready:
      return JobState::Ready;
    case sim::Look::Completed:
      return JobState::Completed;
    case sim::Look::Failed:
      return JobState::Failed;
    case sim::Look::Cancelled:
      return JobState::Cancelled;
    case sim::Look::Expired:
      return JobState::Expired;
    case sim::Look::NotYet:
    case sim::Look::Gone:
      break;
  }
  throw std::logic_error("a job that nobody can see has no state");
}

std::optional<Outcome> outcome(std::optional<sim::Look> look) {
  if (!look) return std::nullopt;
  return outcome_from(sim::word(*look)).value();
}

Delivery delivery_of(const sim::Job& job) {
  if (job.source == sim::Source::Collection) return Delivery::Collection;
  if (job.delivery == sim::Delivery::Download) return Delivery::Download;
  return job.delivery == sim::Delivery::PointInTime ? Delivery::PointInTime : Delivery::Automated;
}

/// Answers hold whole seconds.
std::optional<WallTime> told(std::optional<sim::VirtualTime> time) {
  if (!time) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(*time);
}

std::optional<ObjectId> id_from(const std::string& hex) {
  return hex.empty() ? std::nullopt : parse_object_id(hex);
}

/// Jobs with a status word say an `expirationDate` of restores, too, where nothing expires.
std::optional<WallTime> expiry(const sim::Job& job, WallTime now) {
  const bool by_word = job.source == sim::Source::Flex || job.source == sim::Source::Tenant;
  if (by_word && job.delivery != sim::Delivery::Download) return std::nullopt;
  return told(sim::told_expiry(job, now));
}

/// Collection jobs name a snapshot but not its time.
void set_origin(RestoreJob& expected, const sim::Job& job) {
  if (const auto point = sim::point_in_time(job)) {
    expected.recovery_point = told(point);
    return;
  }
  expected.snapshot_id = id_from(job.snapshot_id);
  if (job.source == sim::Source::Collection) return;
  expected.snapshot_at = expected.recovery_point = told(job.snapshot_taken);
}

/// Downloads go nowhere; but the shared tier names the cluster itself as their target.
void set_target(RestoreJob& expected, const TrueJob& truth) {
  const sim::Job& job = truth.job;
  const bool is_itself = job.source == sim::Source::Tenant && job.target_cluster.empty();
  const std::string& cluster = is_itself ? truth.cluster.name : job.target_cluster;
  if (cluster.empty()) return;
  expected.target_cluster = cluster;
  expected.target_project_id = id_from(is_itself ? truth.project.id : job.target_project);
}

std::optional<RestoreProgress> progress(const sim::Job& job, WallTime now) {
  if (job.source != sim::Source::Collection) return std::nullopt;
  const sim::Progress is = sim::progress_of(job, now);
  return RestoreProgress{static_cast<std::uint64_t>(is.restored),
                         static_cast<std::uint64_t>(is.total),
                         static_cast<std::uint32_t>(is.failed_collections.value_or(0))};
}

/// Foreign text is fit for a log line, whatever it holds.
std::string in_one_line(std::string text) {
  std::ranges::replace(text, '\n', '?');
  return text;
}

template <typename T>
std::string shown(const std::optional<T>& value) {
  if (!value) return "-";
  if constexpr (std::is_same_v<T, WallTime>) {
    return format_time(*value);
  } else if constexpr (std::is_same_v<T, ObjectId>) {
    return to_string(*value);
  } else if constexpr (std::is_same_v<T, Outcome>) {
    return std::string(label(*value));
  } else {
    return *value;
  }
}

}  // namespace

std::optional<RestoreJob> expected_job(const TrueJob& truth, WallTime now) {
  const sim::Job& job = truth.job;
  const sim::Look look = sim::look_at(job, now);
  if (look == sim::Look::NotYet || look == sim::Look::Gone) return std::nullopt;
  RestoreJob expected;
  expected.id = parse_object_id(job.id).value();
  expected.delivery = delivery_of(job);
  expected.state = state_of(look);
  expected.outcome = outcome(sim::outcome_of(job, now));
  expected.requested_at = *told(job.created);
  expected.finished_at = told(sim::told_finish(job, now));
  expected.expires_at = expiry(job, now);
  set_origin(expected, job);
  set_target(expected, truth);
  const bool explains = job.source == sim::Source::Collection && look == sim::Look::Failed;
  if (explains) expected.error_message = in_one_line(job.error);
  expected.has_link = sim::has_link(job, now);
  expected.progress = progress(job, now);
  return expected;
}

std::string described(const RestoreJob& job) {
  std::string text = to_string(job.id) + ' ' + std::string(label(job.delivery)) + ' ' +
                     std::string(label(job.state)) + " outcome " + shown(job.outcome);
  text += " requested " + format_time(job.requested_at) + " finished " + shown(job.finished_at);
  text += " expires " + shown(job.expires_at) + " snapshot " + shown(job.snapshot_id) + " of " +
          shown(job.snapshot_at) + " recovers " + shown(job.recovery_point);
  text += " to " + shown(job.target_project_id) + '/' + shown(job.target_cluster) + " error " +
          shown(job.error_message) + (job.has_link ? " with a link" : "");
  if (!job.progress) return text;
  return text + ' ' + std::to_string(job.progress->restored_documents) + " of " +
         std::to_string(job.progress->total_documents) + ", " +
         std::to_string(job.progress->failed_collections) + " failed";
}

}  // namespace restorewatch
