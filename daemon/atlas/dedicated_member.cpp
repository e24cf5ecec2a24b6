#include "atlas/dedicated_member.h"

namespace restorewatch {

/// By length first: looking through a list of names would cost more than reading the values.
DedicatedMember dedicated_member_of(std::string_view key) {
  const auto either = [&](std::string_view name, DedicatedMember member,
                          DedicatedMember otherwise) { return key == name ? member : otherwise; };
  switch (key.size()) {
    case 2:
      return either("id", DedicatedMember::Id, DedicatedMember::Other);
    case 6:
      return either("failed", DedicatedMember::Failed, DedicatedMember::Other);
    case 7:
      return either("expired", DedicatedMember::Expired,
                    either("oplogTs", DedicatedMember::OplogTime, DedicatedMember::Other));
    case 9:
      if (key == "cancelled") return DedicatedMember::Cancelled;
      if (key == "expiresAt") return DedicatedMember::ExpiresAt;
      return either("timestamp", DedicatedMember::SnapshotAt,
                    either("createdAt", DedicatedMember::CreatedAt, DedicatedMember::Other));
    case 10:
      if (key == "finishedAt") return DedicatedMember::FinishedAt;
      return either("snapshotId", DedicatedMember::SnapshotId,
                    either("components", DedicatedMember::Components, DedicatedMember::Other));
    case 11:
      return either("deliveryUrl", DedicatedMember::DeliveryUrl, DedicatedMember::Other);
    case 12:
      return either("deliveryType", DedicatedMember::DeliveryType, DedicatedMember::Other);
    case 13:
      return either("targetGroupId", DedicatedMember::TargetGroupId, DedicatedMember::Other);
    case 16:
      return either("desiredTimestamp", DedicatedMember::DesiredTime, DedicatedMember::Other);
    case 17:
      return either("targetClusterName", DedicatedMember::TargetClusterName,
                    DedicatedMember::Other);
    case 21:
      return either("pointInTimeUTCSeconds", DedicatedMember::PointInTime, DedicatedMember::Other);
    case 27:
      return either("privateDownloadDeliveryUrls", DedicatedMember::PrivateUrls,
                    DedicatedMember::Other);
    default:
      return DedicatedMember::Other;
  }
}

std::string_view wanted(DedicatedMember member) {
  switch (member) {
    case DedicatedMember::Id:
    case DedicatedMember::SnapshotId:
    case DedicatedMember::TargetGroupId:
      return "24 hex digits";
    case DedicatedMember::Cancelled:
    case DedicatedMember::Expired:
    case DedicatedMember::Failed:
      return "true or false";
    case DedicatedMember::DeliveryType:
      return "a word";
    case DedicatedMember::TargetClusterName:
      return "a name";
    case DedicatedMember::PointInTime:
    case DedicatedMember::OplogTime:
      return "seconds since 1970";
    case DedicatedMember::DeliveryUrl:
    case DedicatedMember::PrivateUrls:
    case DedicatedMember::Components:
      return "a list of links";
    case DedicatedMember::CreatedAt:
    case DedicatedMember::FinishedAt:
    case DedicatedMember::ExpiresAt:
    case DedicatedMember::SnapshotAt:
    case DedicatedMember::DesiredTime:
    case DedicatedMember::Other:
      break;
  }
  return "a time";
}

}  // namespace restorewatch
