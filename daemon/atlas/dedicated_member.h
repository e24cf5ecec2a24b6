#pragma once

#include <cstdint>
#include <string_view>

namespace restorewatch {

/// The members of a dedicated cluster's restore job that are read; the names are Atlas's.
enum class DedicatedMember : std::uint8_t {
  Id,
  DeliveryType,
  Cancelled,
  Expired,
  Failed,
  CreatedAt,
  FinishedAt,
  ExpiresAt,
  SnapshotId,
  SnapshotAt,
  TargetClusterName,
  TargetGroupId,
  DeliveryUrl,
  PrivateUrls,
  Components,
  PointInTime,
  OplogTime,
  DesiredTime,
  Other,
};

DedicatedMember dedicated_member_of(std::string_view key);

/// What such a member should be, in words: "24 hex digits".
std::string_view wanted(DedicatedMember member);

}  // namespace restorewatch
