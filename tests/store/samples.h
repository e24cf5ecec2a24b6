#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "jobs/job_store.h"

namespace restorewatch {

/// A target that differs by `number`; the cluster's name needs care in SQL and in labels.
TargetKey sample_target(unsigned number = 0);

/// The same with an id, which differs by `id`.
TargetKey with_id(TargetKey target, unsigned id);

JobId sample_job_id(unsigned number);

/// A running job, its optional fields absent.
TrackedJob sample_job(unsigned number);

/// A job with every optional field given.
TrackedJob full_job(unsigned number);

/// The step of `tracked` into its present state, counted as a request.
Transition sample_transition(const TargetKey& target, const TrackedJob& tracked);

/// One new running job and its transition.
PollResult sample_result(const TargetKey& target, std::uint64_t expected_version,
                         unsigned job_number = 0);

/// The same, for a job that has ended and says everything about itself.
PollResult full_result(const TargetKey& target, std::uint64_t expected_version,
                       unsigned job_number = 0);

/// Results of every shape, the same ones for the same seed. They need not make sense as restore
/// jobs: a store has to keep whatever it is given.
class RandomResults {
 public:
  explicit RandomResults(std::uint32_t seed) : random_(seed) {}

  PollResult next(const TargetKey& target, std::uint64_t expected_version);

 private:
  bool chance(unsigned percent);
  unsigned below(unsigned bound);
  std::uint64_t any_number();
  WallTime time();
  std::optional<WallTime> maybe_time();
  ObjectId id();
  std::string text();
  RestoreJob job();
  TrackedJob tracked_job();
  Transition transition(const TargetKey& target, const TrackedJob& tracked);
  std::optional<Outcome> maybe_outcome();

  std::mt19937 random_;
};

}  // namespace restorewatch
