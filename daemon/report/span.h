#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/time.h"

namespace restorewatch {

/// What a report is about: from `since` to just before `until`.
struct Period {
  WallTime since;
  WallTime until;

  bool contains(WallTime time) const { return since <= time && time < until; }
  bool operator==(const Period&) const = default;
};

/// A stretch of time. An absent end: it goes on.
struct Span {
  WallTime from;
  std::optional<WallTime> to{};

  bool operator==(const Span&) const = default;
};

/// The parts within the period, in order, those that touch made one; all have an end. A span that
/// ends before it begins, as after a clock was set back, is empty.
std::vector<Span> within(const Period& period, std::vector<Span> spans);

/// What two results of within() have in common.
std::vector<Span> common(const std::vector<Span>& a, const std::vector<Span>& b);

/// The length of a result of within().
std::chrono::milliseconds length(const std::vector<Span>& spans);

}  // namespace restorewatch
