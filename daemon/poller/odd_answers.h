#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "jobs/diff.h"
#include "jobs/future_times.h"
#include "jobs/job_source.h"
#include "poller/poll_telemetry.h"

namespace restorewatch {

/// Tells and counts what is odd about Atlas's answers; what would be odd again with every look,
/// once for each job. Not thread-safe.
class OddAnswers {
 public:
  OddAnswers(PollTelemetry& telemetry, Log log) : telemetry_(telemetry), log_(std::move(log)) {}

  /// Jobs that cannot be read, words that nobody knows.
  void note(std::size_t index, const Target& target, const Listing& listing);

  /// What a committed comparison showed.
  void note(const Target& target, const std::vector<AnomalySeen>& anomalies);

  /// What has been taken out of a listing.
  void note(std::size_t index, const Target& target, const std::vector<FutureTime>& times);

  /// A job that is another target's.
  void note_twice(std::size_t index, const Target& target, const JobId& job);

  void forget(std::size_t index) { reported_.erase(index); }

 private:
  bool is_new(std::size_t index, std::string what);
  void tell(const Target& target, std::string_view kind, const std::string& job,
            std::string_view reason);

  PollTelemetry& telemetry_;
  Log log_;
  std::map<std::size_t, std::set<std::string>> reported_;  // by target
};

}  // namespace restorewatch
