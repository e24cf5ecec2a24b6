#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atlas_simulator {

/// A reproducible source of chance (splitmix64). The standard library's distributions may differ
/// between versions of it; a scenario has to give the same world everywhere.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();

  /// Evenly from 0 to `bound` - 1; `bound` must not be 0.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  /// True once in `n` draws on average.
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  /// `digits` lower-case hexadecimal digits.
  std::string hex(int digits);

 private:
  std::uint64_t state_;
};

/// A seed of its own for the thing called `name` (FNV-1a), so that adding one cluster to a scenario
/// leaves the others as they were.
std::uint64_t seed_for(std::uint64_t seed, std::string_view name);

}  // namespace atlas_simulator
