#include "config/problem.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace restorewatch {
namespace {

constexpr std::size_t kMaxListed = 100;  // a hostile file could have one for every two bytes

Place place_of(const Problem& problem) {
  return {problem.line, problem.column};
}

std::vector<Problem> listing(std::vector<Problem> found) {
  std::ranges::stable_sort(found, {}, place_of);
  if (found.size() <= kMaxListed) return found;
  const Place rest = place_of(found[kMaxListed]);
  const std::size_t more = found.size() - kMaxListed;
  found.resize(kMaxListed);
  found.push_back({rest.line, rest.column, "", "and " + std::to_string(more) + " more from here"});
  return found;
}

}  // namespace

std::string format(const Problem& problem, std::string_view file) {
  std::string line(file);
  if (problem.line > 0) {
    line += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
  }
  line += ": ";
  if (!problem.key.empty()) line += problem.key + ": ";
  return line + problem.message;
}

void Findings::problem(Place place, std::string key, std::string message) {
  problems_.push_back({place.line, place.column, std::move(key), std::move(message)});
}

void Findings::warning(Place place, std::string key, std::string message) {
  warnings_.push_back({place.line, place.column, std::move(key), std::move(message)});
}

std::vector<Problem> Findings::problems() const {
  return listing(problems_);
}

std::vector<Problem> Findings::warnings() const {
  return listing(warnings_);
}

}  // namespace restorewatch
