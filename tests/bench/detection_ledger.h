#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench/fleet_world.h"
#include "bench/latencies.h"
#include "jobs/transition.h"

namespace restorewatch::testing_fleet {

/// Where a change came about.
enum class Place : std::uint8_t {
  Active,      // to a job that was known to be active
  Beside,      // a new job of a cluster in which another was known to be active
  Idle,        // a new job where nothing was known to go on
  Collection,  // a new job of the collection source, which has an interval of its own
};
inline constexpr std::size_t kPlaceCount = 4;

/// What really happened against what was committed: every beginning and every end of a job must be
/// committed exactly once, and the ledger takes the time. Not thread-safe.
class DetectionLedger {
 public:
  struct Period {
    std::array<Latencies, kPlaceCount> latencies;
    std::uint64_t missed = 0;      // jobs first seen ended
    std::uint64_t unexpected = 0;  // committed, but did not happen, or was committed before
  };

  explicit DetectionLedger(const FleetShape& shape) : known_active_(shape.targets()) {}

  /// Counts what is for targets of this project apart.
  void set_apart(std::uint32_t project, const FleetWorld& world);

  void began(TargetNumber target, const JobId& id, const WorldJob& job);
  void committed(std::span<const Transition> transitions, WallTime at);

  /// Whether a job of the target is known to be active.
  bool is_active(TargetNumber target) const { return known_active_[target] > 0; }

  /// Changes from before that time of which nothing was committed yet.
  std::uint64_t undetected(WallTime before) const;

  /// Begins a new period and returns the one before.
  Period begin_period() { return std::exchange(period_, {}); }
  const Period& period() const { return period_; }
  const Period& period_apart() const { return apart_; }

 private:
  struct Truth {
    TargetNumber target;
    WallTime requested_at;
    WallTime ended_at;
    bool beside_another;  // when it began
    bool seen = false;
    WallTime seen_at{};
  };

  void note(const Transition& transition, WallTime at);
  void begins(Truth& truth, Source source, WallTime at);
  void ends(Truth& truth, Source source, WallTime at);
  void add(const Truth& truth, Place place, WallTime happened, WallTime at);
  Period& period_of(TargetNumber target) {
    return apart_filter_ && apart_filter_(target) ? apart_ : period_;
  }

  std::unordered_map<JobId, Truth> open_;    // of which not all was committed yet
  std::vector<std::uint16_t> known_active_;  // jobs of each target
  std::function<bool(TargetNumber)> apart_filter_;
  Period period_;
  Period apart_;
};

}  // namespace restorewatch::testing_fleet
