#include "poller/schedule.h"

#include <algorithm>

namespace restorewatch {

using std::chrono::nanoseconds;

void Schedule::add(GroupIndex group, std::uint64_t place) {
  const auto interval = nanoseconds(options_.interval);
  Entry entry;
  entry.group = group;
  if (options_.spread) {
    entry.offset = nanoseconds(place % static_cast<std::uint64_t>(interval.count()));
  }
  entry.due = start_ + entry.offset;
  if (group >= held_until_.size()) held_until_.resize(group + 1, SteadyTime::min());
  entries_.push_back(entry);
  waiting_.emplace(entry.due, entries_.size() - 1);
}

std::optional<Schedule::TargetIndex> Schedule::next(SteadyTime now) {
  while (in_flight_ < options_.max_in_flight && !waiting_.empty()) {
    const auto [due, target] = *waiting_.begin();
    if (due > now) return std::nullopt;
    waiting_.erase(waiting_.begin());
    const SteadyTime held_until = held_until_[entries_[target].group];
    if (held_until > now) {
      // To the first turn of its own after the hold, so that a group does not come back at once.
      wait_for(target, first_turn_from(entries_[target], held_until));
      continue;
    }
    ++in_flight_;
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
  const Entry& entry = entries_[target];
  const SteadyTime planned = entry.due + options_.interval;
  const SteadyTime turn = std::max(planned, first_turn_from(entry, now));
  wait_for(target, turn);
  return static_cast<std::uint64_t>((turn - planned) / nanoseconds(options_.interval));
}

void Schedule::hold(GroupIndex group, SteadyTime until) {
  held_until_[group] = std::max(held_until_[group], until);
}

SteadyTime Schedule::first_turn_from(const Entry& entry, SteadyTime time) const {
  const SteadyTime first = start_ + entry.offset;
  if (time <= first) return first;
  const auto interval = nanoseconds(options_.interval);
  const auto turns = (time - first + interval - nanoseconds(1)) / interval;
  return first + turns * interval;
}

void Schedule::wait_for(TargetIndex target, SteadyTime due) {
  entries_[target].due = due;
  waiting_.emplace(due, target);
}

}  // namespace restorewatch
