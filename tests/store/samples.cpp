#include "store/samples.h"

#include <array>
#include <string_view>

namespace restorewatch {
namespace {

constexpr std::int64_t kNoon = 1'786'356'000'000;  // 2026-08-10, in milliseconds

WallTime at(std::int64_t offset_ms) {
  return WallTime{std::chrono::milliseconds{kNoon + offset_ms}};
}

ObjectId object_id(std::uint8_t first, unsigned number) {
  ObjectId id;
  id.bytes[0] = first;
  id.bytes[9] = static_cast<std::uint8_t>(number >> 16U);
  id.bytes[10] = static_cast<std::uint8_t>(number >> 8U);
  id.bytes[11] = static_cast<std::uint8_t>(number);
  return id;
}

PollResult look_at(const TargetKey& target, std::uint64_t expected_version, WallTime time) {
  PollResult result;
  result.target = target;
  result.expected_version = expected_version;
  result.looked_at = time;
  return result;
}

}  // namespace

TargetKey sample_target(unsigned number) {
  return {object_id(0x5b, number / 3), "prod \"'\\ " + std::to_string(number), Source::Dedicated};
}

TargetKey with_id(TargetKey target, unsigned id) {
  target.cluster_id = object_id(0x62, id);
  return target;
}

JobId sample_job_id(unsigned number) {
  return object_id(0x66, number);
}

TrackedJob sample_job(unsigned number) {
  TrackedJob tracked;
  tracked.job.id = sample_job_id(number);
  tracked.job.delivery = Delivery::Automated;
  tracked.job.state = JobState::InProgress;
  tracked.job.requested_at = at(number);
  tracked.entered[index_of(JobState::InProgress)] = 1;
  return tracked;
}

TrackedJob full_job(unsigned number) {
  TrackedJob tracked = sample_job(number);
  tracked.job.state = JobState::Completed;
  tracked.job.outcome = Outcome::Completed;
  tracked.job.finished_at = at(3'600'000);
  tracked.job.expires_at = at(7'200'000);
  tracked.job.snapshot_id = object_id(0x77, number);
  tracked.job.snapshot_at = at(-86'400'000);
  tracked.job.recovery_point = at(-86'400'001);
  tracked.job.target_project_id = object_id(0x5c, 1);
  tracked.job.target_cluster = "drill-1";
  tracked.job.error_message = "none; but 'quoted', and two\nlines";
  tracked.job.has_link = true;
  tracked.job.progress = RestoreProgress{3, 4'000'000'000'000, 2};
  tracked.outcome = Outcome::Completed;
  tracked.purpose = Purpose::Drill;
  tracked.ended_at = tracked.job.finished_at;
  tracked.outcome_observed_at = at(3'600'500);
  tracked.not_found_at = at(3'600'600);
  tracked.entered[index_of(JobState::Completed)] = 1000;
  return tracked;
}

Transition sample_transition(const TargetKey& target, const TrackedJob& tracked) {
  Transition transition;
  transition.target = target;
  transition.project_name = "production";
  transition.job = tracked.job;
  transition.to = tracked.job.state;
  transition.outcome = tracked.outcome;
  transition.counts_request = true;
  transition.purpose = tracked.purpose;
  transition.scope = Scope::SameCluster;
  transition.observed_at = at(1000);
  return transition;
}

PollResult sample_result(const TargetKey& target, std::uint64_t expected_version,
                         unsigned job_number) {
  const TrackedJob tracked = sample_job(job_number);
  PollResult result = look_at(target, expected_version, at(2000));
  result.jobs.push_back(tracked);
  result.transitions.push_back(sample_transition(target, tracked));
  return result;
}

PollResult full_result(const TargetKey& target, std::uint64_t expected_version,
                       unsigned job_number) {
  const TrackedJob tracked = full_job(job_number);
  Transition transition = sample_transition(target, tracked);
  transition.from = JobState::InProgress;
  transition.nth = 7;
  transition.counts_outcome = true;
  transition.missed = true;
  transition.not_before = at(500);
  PollResult result = look_at(target, expected_version, at(3000));
  result.baseline_at = at(1500);
  result.jobs.push_back(tracked);
  result.transitions.push_back(transition);
  return result;
}

PollResult RandomResults::next(const TargetKey& target, std::uint64_t expected_version) {
  PollResult result = look_at(target, expected_version, time());
  if (chance(20)) result.looked_at.reset();
  if (chance(20)) result.baseline_at = time();
  for (unsigned i = below(6); i > 0; --i) {
    result.jobs.push_back(tracked_job());
    for (unsigned steps = below(3); steps > 0; --steps) {
      result.transitions.push_back(transition(target, result.jobs.back()));
    }
  }
  if (!result.changes_something()) result.baseline_at = time();
  return result;
}

bool RandomResults::chance(unsigned percent) {
  return below(100) < percent;
}

unsigned RandomResults::below(unsigned bound) {
  return std::uniform_int_distribution<unsigned>(0, bound - 1)(random_);
}

std::uint64_t RandomResults::any_number() {
  return (std::uint64_t{random_()} << 32U) | random_();
}

WallTime RandomResults::time() {
  return at(static_cast<std::int64_t>(below(2'000'000'000)) - 1'000'000'000);
}

std::optional<WallTime> RandomResults::maybe_time() {
  if (chance(40)) return std::nullopt;
  return time();
}

ObjectId RandomResults::id() {
  return object_id(0x66, below(40));  // few, so that jobs come back
}

std::string RandomResults::text() {
  using std::string_view_literals::operator""sv;
  constexpr std::array kTexts{""sv, "drill-1"sv, "a\0b"sv, "\xff\xfe not UTF-8"sv, "'; DROP --"sv};
  return std::string(kTexts[below(kTexts.size())]);
}

std::optional<Outcome> RandomResults::maybe_outcome() {
  if (chance(30)) return std::nullopt;
  return static_cast<Outcome>(below(kOutcomeCount));
}

RestoreJob RandomResults::job() {
  RestoreJob job;
  job.id = id();
  job.delivery = static_cast<Delivery>(below(5));
  job.state = static_cast<JobState>(below(kJobStateCount));
  job.outcome = maybe_outcome();
  job.requested_at = time();
  job.finished_at = maybe_time();
  job.expires_at = maybe_time();
  if (chance(50)) job.snapshot_id = id();
  job.snapshot_at = maybe_time();
  job.recovery_point = maybe_time();
  if (chance(50)) job.target_project_id = id();
  if (chance(50)) job.target_cluster = text();
  if (chance(50)) job.error_message = text();
  job.has_link = chance(30);
  if (chance(50)) job.progress = RestoreProgress{any_number(), any_number(), below(5)};
  return job;
}

TrackedJob RandomResults::tracked_job() {
  TrackedJob tracked;
  tracked.job = job();
  tracked.outcome = maybe_outcome();
  tracked.purpose = static_cast<Purpose>(below(2));
  tracked.ended_at = maybe_time();
  tracked.outcome_observed_at = maybe_time();
  tracked.not_found_at = maybe_time();
  for (std::uint16_t& times : tracked.entered) {
    times = chance(70) ? std::uint8_t{0} : static_cast<std::uint8_t>(below(256));
  }
  return tracked;
}

Transition RandomResults::transition(const TargetKey& target, const TrackedJob& tracked) {
  Transition transition;
  transition.target = target;
  transition.project_name = text();
  transition.job = tracked.job;
  if (chance(70)) transition.from = static_cast<JobState>(below(kJobStateCount));
  transition.to = static_cast<JobState>(below(kJobStateCount));
  transition.nth = 1 + below(4'000'000'000);
  transition.outcome = maybe_outcome();
  transition.counts_request = chance(50);
  transition.counts_outcome = chance(50);
  transition.missed = chance(30);
  transition.purpose = tracked.purpose;
  transition.scope = static_cast<Scope>(below(kScopeCount));
  if (chance(30)) transition.violations = Violations(below(1U << kPolicyRuleCount));
  transition.observed_at = time();
  transition.not_before = maybe_time();
  return transition;
}

}  // namespace restorewatch
