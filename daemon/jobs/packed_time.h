#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/time.h"

namespace restorewatch {

/// A time that may be absent, in six bytes: milliseconds within 4,459 years of the epoch. What lies
/// further away does not fit, and is to be kept elsewhere.
class PackedTime {
 public:
  PackedTime() : PackedTime(kAbsent) {}
  explicit PackedTime(const std::optional<WallTime>& time) : PackedTime(code_of(time)) {}

  bool is_absent() const { return code() == kAbsent; }
  bool is_far() const { return code() == kFar; }  // does not fit

  /// Precondition: not far.
  std::optional<WallTime> get() const {
    if (is_absent()) return std::nullopt;
    return WallTime{std::chrono::milliseconds{code()}};
  }

  bool operator==(const PackedTime& other) const { return code() == other.code(); }

 private:
  static constexpr std::int64_t kBound = std::int64_t{1} << 47U;
  static constexpr std::int64_t kAbsent = -kBound;
  static constexpr std::int64_t kFar = -kBound + 1;

  explicit PackedTime(std::int64_t code)
      : parts_{static_cast<std::uint16_t>(code), static_cast<std::uint16_t>(code >> 16U),
               static_cast<std::uint16_t>(code >> 32U)} {}

  static std::int64_t code_of(const std::optional<WallTime>& time) {
    if (!time) return kAbsent;
    const std::int64_t count = time->time_since_epoch().count();
    return count > kFar && count < kBound ? count : kFar;
  }

  std::int64_t code() const {
    const std::uint64_t low = parts_[0] | std::uint64_t{parts_[1]} << 16U;
    const auto high = std::int64_t{static_cast<std::int16_t>(parts_[2])};
    return high * (std::int64_t{1} << 32U) + static_cast<std::int64_t>(low);
  }

  std::array<std::uint16_t, 3> parts_;
};

}  // namespace restorewatch
