#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "jobs/transition.h"

namespace restorewatch {

/// The durable counters of one target. Each is the number of journal rows of one sort, so that
/// totals can always be proved from the journal.
struct TargetCounters {
  std::array<std::uint64_t, kScopeCount> requested{};
  std::array<std::array<std::uint64_t, kOutcomeCount>, kKindCount> finished{};
  std::array<std::uint64_t, kPolicyRuleCount> violations{};

  bool operator==(const TargetCounters&) const = default;
};

/// Upper bounds of the duration histogram's buckets; one more bucket takes the rest. Restores
/// take minutes to days: an hour and more is common even for small data.
inline constexpr std::array<std::chrono::seconds, 12> kDurationBounds{
    std::chrono::seconds{60},    std::chrono::seconds{300},    std::chrono::seconds{600},
    std::chrono::seconds{1800},  std::chrono::seconds{3600},   std::chrono::seconds{7200},
    std::chrono::seconds{14400}, std::chrono::seconds{28800},  std::chrono::seconds{43200},
    std::chrono::seconds{86400}, std::chrono::seconds{172800}, std::chrono::seconds{604800}};

struct DurationHistogram {
  std::array<std::uint64_t, kDurationBounds.size() + 1> buckets{};  // each on its own, not summed
  std::uint64_t sum_ms = 0;

  bool operator==(const DurationHistogram&) const = default;
};

struct TransitionPair {
  Source source = Source::Dedicated;
  std::optional<JobState> from;
  JobState to = JobState::Unknown;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
  auto operator<=>(const TransitionPair&) const = default;
};

/// The durable totals that belong to no single target.
struct FleetTotals {
  std::map<TransitionPair, std::uint64_t> transitions;
  std::map<ProjectId, std::uint64_t> missed;
  std::array<DurationHistogram, kKindCount> durations{};  // completed jobs, by kind

  bool operator==(const FleetTotals&) const = default;
};

/// Adds up the counters of several sources of one cluster.
void merge(const TargetCounters& other, TargetCounters& into);

/// Adds what one transition counts for. The only two places where anything is counted.
void count(const Transition& transition, TargetCounters& counters);
void count(const Transition& transition, FleetTotals& totals);

}  // namespace restorewatch
