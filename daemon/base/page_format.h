#pragma once

#include <cstddef>
#include <cstdint>

namespace restorewatch {

/// The formats in which the page for Prometheus can be had.
enum class PageFormat : std::uint8_t {
  Text,         // text exposition format 0.0.4
  OpenMetrics,  // OpenMetrics 1.0
};
inline constexpr std::size_t kPageFormatCount = 2;

constexpr std::size_t index_of(PageFormat format) {
  return static_cast<std::size_t>(format);
}

}  // namespace restorewatch
