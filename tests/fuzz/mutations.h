#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace restorewatch::fuzz {

/// Spoils answers at random, always the same way for the same seed: bytes changed, parts left out,
/// doubled, cut off, replaced by tokens that JSON gives a meaning to.
class Mutations {
 public:
  explicit Mutations(std::uint32_t seed) : random_(seed) {}

  std::string spoilt(std::string body);

 private:
  std::size_t below(std::size_t limit);  // 0 where the limit is 0
  void spoil_once(std::string& body);

  std::mt19937 random_;
};

}  // namespace restorewatch::fuzz
