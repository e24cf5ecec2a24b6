#include "bench/figures.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace restorewatch::testing_fleet {

std::string line_of(const Figure& figure) {
  const std::string goal = figure.at_most ? fmt::format("{:.6g}", *figure.at_most) : "-";
  const std::string_view verdict = !figure.at_most ? "-" : figure.is_met() ? "met" : "MISSED";
  return fmt::format("{} {:.6g} {} {} {}", figure.name, figure.value, figure.unit, goal, verdict);
}

bool all_met(const std::vector<Figure>& figures) {
  return std::ranges::all_of(figures, &Figure::is_met);
}

}  // namespace restorewatch::testing_fleet
