#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "base/time.h"

namespace restorewatch {

/// A time that may be absent, in five bytes: milliseconds, from 2007 to 2042. What lies further
/// away does not fit, and is to be kept elsewhere.
class PackedTime {
 public:
  PackedTime() : PackedTime(kAbsent) {}
  explicit PackedTime(const std::optional<WallTime>& time) : PackedTime(code_of(time)) {}

  bool is_absent() const { return code() == kAbsent; }
  bool is_far() const { return code() == kFar; }  // does not fit

  /// Precondition: not far.
  std::optional<WallTime> get() const {
    if (is_absent()) return std::nullopt;
    return kMiddle + std::chrono::milliseconds{code()};
  }

  bool operator==(const PackedTime& other) const {
    return low() == other.low() && high_ == other.high_;
  }

 private:
  static constexpr WallTime kMiddle{std::chrono::seconds{1'735'689'600}};  // 2025-01-01
  static constexpr std::int64_t kBound = std::int64_t{1} << 39U;           // 17 years
  static constexpr std::int64_t kAbsent = -kBound;
  static constexpr std::int64_t kFar = -kBound + 1;

  explicit PackedTime(std::int64_t code) : high_(static_cast<std::int8_t>(code >> 32U)) {
    const auto low = static_cast<std::uint32_t>(code);
    std::memcpy(low_.data(), &low, sizeof low);
  }

  static std::int64_t code_of(const std::optional<WallTime>& time) {
    if (!time) return kAbsent;
    if (*time <= kMiddle + std::chrono::milliseconds{kFar}) return kFar;
    if (*time >= kMiddle + std::chrono::milliseconds{kBound}) return kFar;
    return (*time - kMiddle).count();
  }

  std::uint32_t low() const {
    std::uint32_t low = 0;
    std::memcpy(&low, low_.data(), sizeof low);
    return low;
  }

  std::int64_t code() const {
    return std::int64_t{high_} * (std::int64_t{1} << 32U) + std::int64_t{low()};
  }

  std::array<std::uint8_t, 4> low_;  // bytes, so that nothing has to be aligned
  std::int8_t high_;
};

}  // namespace restorewatch
