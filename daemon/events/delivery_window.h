#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"
#include "jobs/journal.h"

namespace restorewatch {

/// Which entries of the journal a receiver may be sent now: the decisions, without a clock or a
/// connection. The events of one job are told in order, each when the one before is accepted or
/// given up; jobs do not wait for each other. Announcements of the head are in order among
/// themselves. Not thread-safe.
class DeliveryWindow {
 public:
  /// Entries kept at most. After a crash, what was accepted within is sent again.
  static constexpr std::size_t kSize = 256;
  static constexpr std::size_t kMaxInFlight = 8;

  /// Everything up to `cursor` is done.
  explicit DeliveryWindow(std::uint64_t cursor) : last_(cursor) {}

  /// How many more entries there is room for.
  std::size_t room() const { return kSize - slots_.size(); }

  /// Further entries, in order, at most as many as there is room for. What is not told is done.
  void add(std::vector<JournalEntry> entries);

  /// The first that may be sent at `now`, which is in flight from then on; null: none. Valid until
  /// the next call of any member that is not const.
  const JournalEntry* take(SteadyTime now);

  // What became of one in flight.

  /// It is accepted, or given up.
  void done(std::uint64_t seq);
  /// It was not looked at: back to its place, to be sent as soon as may be.
  void put_back(std::uint64_t seq);
  /// The receiver does not want it; it may be sent again at `again`.
  void refused(std::uint64_t seq, SteadyTime again);

  /// One that is not done. Valid until the next call of any member that is not const.
  const JournalEntry& entry(std::uint64_t seq) const { return slots_[place_of(seq)].entry; }

  /// How often the receiver has refused it.
  std::size_t refusals(std::uint64_t seq) const { return slots_[place_of(seq)].refusals; }

  /// The last entry before the first that is not done.
  std::uint64_t cursor() const;
  std::size_t in_flight() const { return in_flight_; }

  /// When the next refused event may be sent again; absent: none waits for its time.
  std::optional<SteadyTime> next_retry() const;

 private:
  enum class State { Waiting, InFlight, Done };
  using Stream = std::optional<std::pair<ProjectId, JobId>>;  // what has an order; absent: heads

  struct Slot {
    JournalEntry entry;
    Stream stream;
    State state = State::Waiting;
    std::size_t refusals = 0;
    SteadyTime not_before = SteadyTime::min();
  };

  std::size_t place_of(std::uint64_t seq) const;
  Slot& landed(std::uint64_t seq);  // no longer in flight
  void drop_done();

  std::deque<Slot> slots_;  // by number; the first is not done
  std::uint64_t last_;      // the last entry added, or passed over
  std::size_t in_flight_ = 0;
};

}  // namespace restorewatch
