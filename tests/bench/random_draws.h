#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

namespace restorewatch::testing_fleet {

/// SplitMix64: small, fast, and the same numbers on every machine, which the distributions of the
/// standard library do not promise.
class RandomDraws {
 public:
  explicit RandomDraws(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }

  /// In [0, 1).
  double fraction() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  std::chrono::milliseconds between(std::chrono::milliseconds low, std::chrono::milliseconds high) {
    const auto width = static_cast<std::uint64_t>((high - low).count()) + 1;
    return low + std::chrono::milliseconds(static_cast<std::int64_t>(next() % width));
  }

  /// Exponentially distributed.
  std::chrono::milliseconds around(std::chrono::milliseconds mean) {
    const double drawn = -std::log(1 - fraction()) * static_cast<double>(mean.count());
    return std::chrono::milliseconds(static_cast<std::int64_t>(drawn));
  }

 private:
  std::uint64_t state_;
};

}  // namespace restorewatch::testing_fleet
