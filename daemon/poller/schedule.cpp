#include "poller/schedule.h"

#include <algorithm>
#include <utility>

namespace restorewatch {

using std::chrono::nanoseconds;

Schedule::TargetIndex Schedule::add(GroupIndex group, const Turns& turns, SteadyTime now) {
  Entry entry;
  entry.group = group;
  entry.interval = turns.interval;
  entry.offset = place_in(turns.interval, turns);
  SteadyTime due = options_.spread ? first_turn_from(entry, now) : now;
  if (due - now > turns.first_within) {
    due = now + place_in(turns.first_within, turns);
    entry.is_extra = true;
  }
  if (group >= held_until_.size()) held_until_.resize(group + 1, SteadyTime::min());
  entries_.push_back(entry);
  wait_for(entries_.size() - 1, due);
  return entries_.size() - 1;
}

void Schedule::change(TargetIndex target, const Turns& turns, SteadyTime now) {
  Entry& entry = entries_[target];
  if (entry.interval == turns.interval) return;
  entry.interval = turns.interval;
  entry.offset = place_in(turns.interval, turns);
  if (entry.in_flight) {
    entry.is_extra = true;  // none of the new turns, so that none is skipped at its end
    return;
  }
  if (entry.suspended) return;
  const SteadyTime turn = first_turn_from(entry, now);
  entry.is_extra = entry.due < turn;
  waiting_.erase({entry.due, target});
  wait_for(target, std::min(entry.due, turn));
}

/// Without spreading every target is at the beginning.
nanoseconds Schedule::place_in(nanoseconds interval, const Turns& turns) const {
  if (!options_.spread) return nanoseconds(0);
  return nanoseconds(turns.place % static_cast<std::uint64_t>(interval.count()));
}

void Schedule::suspend(TargetIndex target) {
  Entry& entry = entries_[target];
  if (std::exchange(entry.suspended, true)) return;
  waiting_.erase({entry.due, target});
}

void Schedule::resume(TargetIndex target, SteadyTime now) {
  Entry& entry = entries_[target];
  if (!std::exchange(entry.suspended, false) || entry.in_flight) return;
  wait_for(target, first_turn_from(entry, now));
}

std::optional<Schedule::TargetIndex> Schedule::next(SteadyTime now) {
  while (in_flight_ < options_.max_in_flight && !waiting_.empty()) {
    const auto [due, target] = *waiting_.begin();
    if (due > now) return std::nullopt;
    waiting_.erase(waiting_.begin());
    Entry& entry = entries_[target];
    const SteadyTime held_until = held_until_[entry.group];
    if (held_until > now) {
      // To the first turn of its own after the hold, so that a group does not come back at once.
      wait_for(target, first_turn_from(entry, held_until));
      continue;
    }
    ++in_flight_;
    entry.in_flight = true;
    return target;
  }
  return std::nullopt;
}

std::optional<SteadyTime> Schedule::wake_at() const {
  if (in_flight_ >= options_.max_in_flight || waiting_.empty()) return std::nullopt;
  return waiting_.begin()->first;
}

std::uint64_t Schedule::finished(TargetIndex target, SteadyTime now) {
  --in_flight_;
  Entry& entry = entries_[target];
  entry.in_flight = false;
  if (entry.suspended) return 0;
  if (std::exchange(entry.is_extra, false)) {
    wait_for(target, first_turn_from(entry, now));
    return 0;
  }
  const SteadyTime planned = entry.due + entry.interval;
  const SteadyTime turn = std::max(planned, first_turn_from(entry, now));
  wait_for(target, turn);
  return static_cast<std::uint64_t>((turn - planned) / entry.interval);
}

void Schedule::hold(GroupIndex group, SteadyTime until) {
  held_until_[group] = std::max(held_until_[group], until);
}

SteadyTime Schedule::first_turn_from(const Entry& entry, SteadyTime time) const {
  const SteadyTime first = start_ + entry.offset;
  if (time <= first) return first;
  const auto turns = (time - first + entry.interval - nanoseconds(1)) / entry.interval;
  return first + turns * entry.interval;
}

void Schedule::wait_for(TargetIndex target, SteadyTime due) {
  entries_[target].due = due;
  waiting_.emplace(due, target);
}

}  // namespace restorewatch
