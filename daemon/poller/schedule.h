#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/time.h"

namespace restorewatch {

/// Decides which target is looked at next; does nothing itself and has no clock of its own.
///
/// Each target has turns of its own, one an interval, at a place inside the interval that depends
/// only on the target: looks are spread evenly, at start too, and a restart changes nothing.
/// A turn that comes while the target's last look still runs is skipped and counted, never made
/// up for. Not thread-safe.
class Schedule {
 public:
  struct Options {
    std::size_t max_in_flight = 32;  // looks at the same time
    bool spread = true;              // false: every first turn is at once
  };
  using TargetIndex = std::size_t;  // in the order of add(), from 0; never used again
  using GroupIndex = std::size_t;   // targets that share a rate limit

  Schedule(Options options, SteadyTime start) : options_(options), start_(start) {}

  struct Turns {
    std::chrono::milliseconds interval;
    /// How soon the first turn has to come, though it may be one more than the interval gives.
    std::chrono::milliseconds first_within;
    std::uint64_t place = 0;  // decides where in the interval they are; any well-mixed number
  };
  TargetIndex add(GroupIndex group, const Turns& turns, SteadyTime now);

  /// Other turns from now on; where the interval is the same nothing changes. The next look may
  /// come sooner by this and never later, so that nobody starves however often it is called.
  /// `turns.first_within` does not count.
  void change(TargetIndex target, const Turns& turns, SteadyTime now);

  void set_max_in_flight(std::size_t looks) { options_.max_in_flight = looks; }

  /// No more turns, until resume(). A look in flight goes on.
  void suspend(TargetIndex target);
  void resume(TargetIndex target, SteadyTime now);

  /// The target whose turn has come, if a look may start now. It is then in flight.
  std::optional<TargetIndex> next(SteadyTime now);

  /// When asking again makes sense; absent while only the end of a look can change the answer.
  std::optional<SteadyTime> wake_at() const;

  /// The look has ended. Returns how many turns were skipped meanwhile.
  std::uint64_t finished(TargetIndex target, SteadyTime now);

  /// No look at the group's targets starts before `until`. Looks in flight go on.
  void hold(GroupIndex group, SteadyTime until);

  std::size_t in_flight() const { return in_flight_; }

 private:
  struct Entry {
    GroupIndex group = 0;
    std::chrono::nanoseconds interval{0};
    std::chrono::nanoseconds offset{0};  // inside the interval
    SteadyTime due;
    bool is_extra = false;  // the turn at `due` is no regular one
    bool suspended = false;
    bool in_flight = false;
  };

  std::chrono::nanoseconds place_in(std::chrono::nanoseconds interval, const Turns& turns) const;
  SteadyTime first_turn_from(const Entry& entry, SteadyTime time) const;
  void wait_for(TargetIndex target, SteadyTime due);

  Options options_;
  SteadyTime start_;
  std::vector<Entry> entries_;
  std::vector<SteadyTime> held_until_;                    // by group
  std::set<std::pair<SteadyTime, TargetIndex>> waiting_;  // by due time; not those in flight
  std::size_t in_flight_ = 0;
};

}  // namespace restorewatch
