#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "metrics/family.h"

namespace restorewatch {

/// A family of this daemon's domain being filled; a time or duration that is absent adds no series.
class Filling {
 public:
  /// Adds the family to `families`, whose elements must stay where they are.
  Filling(std::deque<Family>& families, std::string_view type, std::string_view name,
          std::string help);

  void add(std::string labels, double value) { series_->push_back({std::move(labels), value}); }
  void add(std::string labels, std::uint64_t value) {
    add(std::move(labels), static_cast<double>(value));
  }
  void add(std::string labels, std::optional<WallTime> time) {
    if (time) add(std::move(labels), unix_seconds(*time));
  }
  void add(std::string labels, std::optional<std::chrono::milliseconds> duration);

 private:
  std::vector<Series>* series_;
};

/// As metrics are named: "mongodbatlas_restore_" comes before `name`.
Filling gauge(std::deque<Family>& families, std::string_view name, std::string help);
Filling counter(std::deque<Family>& families, std::string_view name, std::string help);

/// The labels' text with one more pair.
std::string with(const Labels& labels, std::string_view name, std::string_view value);

double in_seconds(std::chrono::milliseconds duration);

}  // namespace restorewatch
