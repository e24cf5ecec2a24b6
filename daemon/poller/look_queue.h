#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include "base/time.h"

namespace restorewatch {

/// The targets that draw from one rate bucket, waiting for their turns. Where there is not enough
/// for all of them, those with a job going on come first, the longest-waiting of them first; but of
/// every four looks one is for the others, so that none of them starves. Not thread-safe.
class LookQueue {
 public:
  using TargetIndex = std::size_t;
  enum class Line { Active, Idle };

  /// Of this many looks one is for idle targets, if any is due.
  static constexpr int kIdleTurn = 4;

  void add(Line line, SteadyTime due, TargetIndex target);
  void remove(Line line, SteadyTime due, TargetIndex target);

  /// When the first of them is due; absent: there is none.
  std::optional<SteadyTime> first_due() const;

  /// Takes out whose turn it is; absent: nobody is due.
  std::optional<TargetIndex> take(SteadyTime now);

 private:
  using Waiting = std::set<std::pair<SteadyTime, TargetIndex>>;

  Waiting& waiting(Line line) { return line == Line::Active ? active_ : idle_; }

  Waiting active_;
  Waiting idle_;
  int active_in_a_row_ = 0;  // while an idle one was due, too
};

}  // namespace restorewatch
