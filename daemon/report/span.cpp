#include "report/span.h"

#include <algorithm>

namespace restorewatch {

std::vector<Span> within(const Period& period, std::vector<Span> spans) {
  std::ranges::sort(spans, {}, &Span::from);
  std::vector<Span> merged;
  for (const Span& span : spans) {
    const WallTime from = std::max(span.from, period.since);
    const WallTime to = std::min(span.to.value_or(period.until), period.until);
    if (to <= from) continue;
    if (!merged.empty() && from <= *merged.back().to) {
      merged.back().to = std::max(*merged.back().to, to);
    } else {
      merged.push_back({from, to});
    }
  }
  return merged;
}

std::vector<Span> common(const std::vector<Span>& a, const std::vector<Span>& b) {
  std::vector<Span> both;
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() && right != b.end()) {
    const WallTime from = std::max(left->from, right->from);
    const WallTime to = std::min(*left->to, *right->to);
    if (from < to) both.push_back({from, to});
    if (*left->to < *right->to) {
      ++left;
    } else {
      ++right;
    }
  }
  return both;
}

std::chrono::milliseconds length(const std::vector<Span>& spans) {
  std::chrono::milliseconds sum{0};
  for (const Span& span : spans) sum += *span.to - span.from;
  return sum;
}

}  // namespace restorewatch
