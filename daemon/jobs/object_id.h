#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace restorewatch {

/// An Atlas id: 12 bytes, written as 24 lower-case hex digits. The first four bytes are the time
/// of creation in seconds since the epoch, so ids sort by age.
struct ObjectId {
  std::array<std::uint8_t, 12> bytes{};

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
  auto operator<=>(const ObjectId&) const = default;
};

using JobId = ObjectId;
using ProjectId = ObjectId;  // Atlas calls a project's id groupId

/// Absent unless `hex` is exactly 24 hex digits; capital letters are accepted.
std::optional<ObjectId> parse_object_id(std::string_view hex);

std::string to_string(const ObjectId& id);

/// The creation time inside the id, to the second. Source: the published tenant example, where
/// it equals `submittedAt`, and recorded answers, where it is within a second of the request.
WallTime created_at(const ObjectId& id);

}  // namespace restorewatch

template <>
struct std::hash<restorewatch::ObjectId> {
  std::size_t operator()(const restorewatch::ObjectId& id) const noexcept;
};
