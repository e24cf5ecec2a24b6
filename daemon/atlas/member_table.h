#pragma once

// Included by decoders' .cpp files only, see json_values.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "atlas/json_values.h"

namespace restorewatch {

struct JobFields;

/// A member of a job that is read.
struct MemberRule {
  std::string_view name;    // Atlas's
  std::string_view wanted;  // what it should be, in words
  json::Found (*read)(json::value from, JobFields& to);
};

/// Finds a member's rule by its name. Looking through a list would cost more than reading the
/// values (measured), so names are hashed, and when the program is compiled a hash is looked for
/// that gives each name a slot of its own.
class MemberTable {
 public:
  static constexpr std::size_t kMaxRules = 32;  // what has been seen is kept in a word's bits

  /// `rules` must live as long as the table.
  consteval explicit MemberTable(std::span<const MemberRule> rules) : rules_(rules) {
    while (!fill()) ++seed_;
  }

  /// The rule's number, or size() if there is none.
  std::size_t find(std::string_view key) const {
    const std::size_t at = slots_[slot_of(key)];
    return at < rules_.size() && rules_[at].name == key ? at : rules_.size();
  }

  std::size_t size() const { return rules_.size(); }
  const MemberRule& operator[](std::size_t at) const { return rules_[at]; }

 private:
  static constexpr std::size_t kSlots = 64;
  static constexpr std::uint8_t kEmpty = 0xFF;

  constexpr std::size_t slot_of(std::string_view key) const {
    if (key.empty()) return 0;
    const std::size_t first = static_cast<unsigned char>(key.front());
    const std::size_t last = static_cast<unsigned char>(key.back());
    return (key.size() + first * seed_ + last * (seed_ >> 4U)) % kSlots;
  }

  constexpr bool fill() {
    slots_.fill(kEmpty);
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      std::uint8_t& slot = slots_[slot_of(rules_[i].name)];
      if (slot != kEmpty) return false;
      slot = static_cast<std::uint8_t>(i);
    }
    return rules_.size() <= kMaxRules;
  }

  std::span<const MemberRule> rules_;
  std::array<std::uint8_t, kSlots> slots_{};
  std::uint32_t seed_ = 1;
};

}  // namespace restorewatch
