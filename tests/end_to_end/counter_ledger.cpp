#include "end_to_end/counter_ledger.h"

#include <fmt/format.h>

#include <sstream>
#include <string_view>

namespace restorewatch {
namespace {

constexpr std::string_view kPrefix = "mongodbatlas_restore_";

/// The family that a line "# TYPE <family> counter" begins, if its values never fall.
bool begins_counters(std::string_view line) {
  constexpr std::string_view kType = "# TYPE ";
  return line.starts_with(kType) && line.substr(kType.size()).starts_with(kPrefix) &&
         (line.ends_with(" counter") || line.ends_with(" histogram"));
}

}  // namespace

void CounterLedger::take(const std::string& page) {
  ++pages_;
  bool counters = false;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# TYPE ")) counters = begins_counters(line);
    if (!counters || line.starts_with('#')) continue;
    const auto space = line.rfind(' ');
    take_sample(line.substr(0, space), std::stod(line.substr(space + 1)));
  }
}

void CounterLedger::take_sample(const std::string& series, double value) {
  double& highest = highest_[series];
  if (value < highest) {
    findings_.push_back(
        fmt::format("page {}: {} is {}, and was {} before", pages_, series, value, highest));
  }
  highest = std::max(highest, value);
}

}  // namespace restorewatch
