#pragma once

#include <optional>
#include <string>
#include <vector>

namespace restorewatch::testing_fleet {

/// A number with its name and, where one is promised, the most it may be.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> at_most{};

  bool is_met() const { return !at_most || value <= *at_most; }
};

/// One line: `name value unit goal met|MISSED`, with "-" for the last two where there is no goal.
std::string line_of(const Figure& figure);

bool all_met(const std::vector<Figure>& figures);

}  // namespace restorewatch::testing_fleet
