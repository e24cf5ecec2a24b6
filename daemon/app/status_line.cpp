#include "app/status_line.h"

#include <fmt/format.h>

#include <algorithm>

namespace restorewatch {
namespace {

struct Tally {
  std::size_t targets = 0;
  std::size_t blind = 0;
  std::optional<WallTime> last_look;
};

Tally tally_of(const Snapshot& snapshot) {
  Tally tally;
  for (const auto& view : snapshot.targets) {
    if (!view->polled) continue;
    ++tally.targets;
    if (view->sight == Sight::Blind) ++tally.blind;
    tally.last_look = std::max(tally.last_look, view->last_success_at);  // none is the earliest
  }
  return tally;
}

std::string seen_in(const Tally& tally) {
  if (tally.targets == 0) return "nothing to watch yet";
  std::string line =
      fmt::format("watching {} target{}", tally.targets, tally.targets == 1 ? "" : "s");
  if (tally.blind > 0) line += fmt::format(", {} blind", tally.blind);
  if (!tally.last_look) return line + "; none of them seen yet";
  using std::chrono::seconds;
  return line + "; last look at " + format_time(std::chrono::floor<seconds>(*tally.last_look));
}

}  // namespace

std::string status_line(const Snapshot* snapshot, const std::vector<std::string>& troubles) {
  std::string line = seen_in(snapshot != nullptr ? tally_of(*snapshot) : Tally{});
  if (!troubles.empty()) line += "; " + troubles.front();
  return line;
}

}  // namespace restorewatch
