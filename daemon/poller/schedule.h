#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/time.h"
#include "jobs/job_source.h"
#include "poller/effective_interval.h"
#include "poller/look_queue.h"
#include "poller/outage.h"
#include "poller/rate_budget.h"
#include "poller/turn_grid.h"

namespace restorewatch {

/// Decides which target is looked at next, and how much of it; does nothing itself and has no clock
/// of its own.
///
/// Each target has turns of its own, at places that depend only on the target: looks are spread
/// evenly, at start too. While a job is going on the turns are closer together. A turn that comes
/// while the target's last look still runs, or while the rate budget gives nothing, is skipped and
/// counted, never made up for. While Atlas cannot be reached, single looks try. Not thread-safe.
class Schedule {
 public:
  struct Options {
    std::size_t max_in_flight = 32;  // looks at the same time
    bool spread = true;              // false: every first turn is at once
  };
  using TargetIndex = LookQueue::TargetIndex;  // in the order of add(), from 0; never used again

  /// `budget` must outlive the schedule. Whoever looks has to draw from it.
  Schedule(Options options, const RateBudget& budget, SteadyTime start);

  struct Turns {
    std::chrono::milliseconds interval;         // in which the newest of the list is read
    std::chrono::milliseconds active_interval;  // while a job is going on, where shorter
    std::chrono::milliseconds sweep_interval;   // in which the list is read to its end
    std::uint64_t place = 0;  // decides where in the intervals turns are; any well-mixed number

    bool operator==(const Turns&) const = default;
  };

  /// How many jobs are going on that call for the active interval.
  using ActiveJobs = std::size_t;

  /// Up to so many are asked for one by one: beyond that, a page of the list takes fewer calls.
  static constexpr ActiveJobs kFewJobs = 2;

  /// The first look reads the whole list. It comes within `first_within`, though that may be one
  /// look more than the interval gives.
  TargetIndex add(RateBudget::BucketIndex bucket, const Turns& turns, ActiveJobs active,
                  std::chrono::milliseconds first_within, SteadyTime now);

  /// Other turns from now on. The next look may come sooner by this and never later, so that nobody
  /// starves however often it is called.
  void change(TargetIndex target, const Turns& turns, SteadyTime now);

  void set_max_in_flight(std::size_t looks) { options_.max_in_flight = looks; }

  /// No turns any more. Not in flight.
  void remove(TargetIndex target, SteadyTime now);

  /// No more turns, until resume(). A look in flight goes on.
  void suspend(TargetIndex target, SteadyTime now);
  void resume(TargetIndex target, SteadyTime now);

  struct Action {
    TargetIndex target;
    Extent extent;

    bool operator==(const Action&) const = default;
  };

  /// What to do now, if a look may start. Its target is then in flight.
  std::optional<Action> next(SteadyTime now);

  /// When asking again makes sense, at the latest; absent while only the end of a look can change
  /// the answer, or nobody waits.
  std::optional<SteadyTime> wake_at() const;

  /// Whether a look says that Atlas is there.
  enum class Reach {
    Atlas,    // it gave an answer, be it a refusal
    Nothing,  // what came, if anything, was none of its own
    Unasked,  // nothing was sent, or nobody knows
  };
  struct Outcome {
    bool ok = true;  // all that was wanted has been read
    Reach reach = Reach::Atlas;
    ActiveJobs active = 0;  // afterwards
  };

  /// The look has ended. Returns how many turns were skipped meanwhile: those of its interval,
  /// unless that has changed or Atlas could not be reached.
  std::uint64_t finished(TargetIndex target, const Outcome& outcome, SteadyTime now);

  /// How often targets can be looked at with what the budget gives, for those of which this has
  /// changed since the last call: their interval, or longer where a bucket is over-committed.
  struct ShownInterval {
    TargetIndex target;
    std::chrono::milliseconds interval;
  };
  std::vector<ShownInterval> changed_intervals(SteadyTime now);

  std::size_t in_flight() const { return in_flight_; }

  /// Atlas as a whole cannot be reached.
  bool sees_outage() const { return outage_.is_on(); }

 private:
  struct Entry {
    RateBudget::BucketIndex bucket = 0;
    std::size_t place_in_members = 0;
    Turns turns{};
    ActiveJobs active = 0;
    SteadyTime due;         // the next turn
    SteadyTime list_due;    // from then on a look reads the list
    SteadyTime sweep_due;   // and from then on to its end
    bool is_extra = false;  // the turn at `due` is no regular one
    bool suspended = false;
    bool in_flight = false;
    Extent extent = Extent::Whole;  // of the look in flight
    std::chrono::milliseconds shown_interval{0};

    std::chrono::milliseconds interval() const;
    LookQueue::Line line() const;
  };

  struct Bucket {
    LookQueue queue{};
    std::optional<SteadyTime> ready{};  // as in ready_
    std::vector<TargetIndex> members{};
    double share = 0;  // of which the intervals are shown
    bool has_changed = false;
  };

  TurnGrid grid(const Entry& entry, std::chrono::milliseconds interval) const;
  SteadyTime next_turn(const Entry& entry, SteadyTime now) const;
  void wait_for(TargetIndex target, SteadyTime due, SteadyTime now);
  void stop_waiting(TargetIndex target, SteadyTime now);
  void set_ready(RateBudget::BucketIndex index, SteadyTime now);
  std::optional<TargetIndex> take(SteadyTime now);
  RateBudget::BucketIndex next_to_try(SteadyTime now);
  static Extent extent_of(const Entry& entry, SteadyTime now);
  void note_listed(Entry& entry, bool ok, SteadyTime now) const;
  void note_reach(Reach reach, SteadyTime now);
  Bucket& bucket_at(RateBudget::BucketIndex index);
  BucketDemand demand_of(const Bucket& bucket, double share) const;

  Options options_;
  const RateBudget& budget_;
  SteadyTime start_;
  Outage outage_;
  std::vector<Entry> entries_;
  std::vector<Bucket> buckets_;  // by their index in the budget
  std::set<std::pair<SteadyTime, RateBudget::BucketIndex>>
      ready_;  // as of changed_intervals() or later
  std::size_t in_flight_ = 0;
  RateBudget::BucketIndex tried_last_ = 0;  // in an outage
};

}  // namespace restorewatch
