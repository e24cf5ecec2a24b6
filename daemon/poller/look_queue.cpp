#include "poller/look_queue.h"

#include <algorithm>

namespace restorewatch {

void LookQueue::add(Line line, SteadyTime due, TargetIndex target) {
  waiting(line).emplace(due, target);
}

void LookQueue::remove(Line line, SteadyTime due, TargetIndex target) {
  waiting(line).erase({due, target});
}

std::optional<SteadyTime> LookQueue::first_due() const {
  if (active_.empty() && idle_.empty()) return std::nullopt;
  if (active_.empty()) return idle_.begin()->first;
  if (idle_.empty()) return active_.begin()->first;
  return std::min(active_.begin()->first, idle_.begin()->first);
}

std::optional<LookQueue::TargetIndex> LookQueue::take(SteadyTime now) {
  const auto is_due = [&](const Waiting& line) {
    return !line.empty() && line.begin()->first <= now;
  };
  const bool active_is_due = is_due(active_);
  const bool idle_is_due = is_due(idle_);
  if (!active_is_due && !idle_is_due) return std::nullopt;
  const bool both = active_is_due && idle_is_due;
  const bool takes_idle = !active_is_due || (both && active_in_a_row_ + 1 >= kIdleTurn);
  active_in_a_row_ = both && !takes_idle ? active_in_a_row_ + 1 : 0;
  Waiting& line = takes_idle ? idle_ : active_;
  const TargetIndex target = line.begin()->second;
  line.erase(line.begin());
  return target;
}

}  // namespace restorewatch
