#include "atlas/endpoints.h"

#include <algorithm>
#include <array>
#include <string>

namespace restorewatch {
namespace {

constexpr std::string_view kPlainJson = "application/json";  // v1.0 has no versions
constexpr std::string_view kJanuary2023 = "application/vnd.atlas.2023-01-01+json";
constexpr std::string_view kNovember2024 = "application/vnd.atlas.2024-11-13+json";
constexpr std::string_view kMarch2025 = "application/vnd.atlas.2025-03-12+json";

constexpr std::string_view kBackupManager = "Project Backup Manager";
constexpr std::string_view kReadOnly = "Project Read Only";
constexpr std::string_view kOwner = "Project Owner";

// Facts from the references of Atlas Admin API v2 and v1.0 and the table of rate limits there,
// which no longer has a row for the retired sources, and is older than restores of collections.
// These are counted with the set of their neighbours, so that no limit is exceeded if that is so.
constexpr std::array<Endpoint, 8> kEndpoints{{
    {Source::Dedicated, ApiGeneration::V2,
     "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs",
     "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs/{restoreJobId}",
     kJanuary2023, kBackupManager, PageStyle::Counted, "cloud_backups", flag_jobs},
    {Source::Dedicated, ApiGeneration::V1,
     "/api/atlas/v1.0/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs",
     "/api/atlas/v1.0/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs/{restoreJobId}",
     kPlainJson, kBackupManager, PageStyle::Counted, "cloud_backups", flag_jobs},
    {Source::Flex, ApiGeneration::V2,
     "/api/atlas/v2/groups/{groupId}/flexClusters/{clusterName}/backup/restoreJobs",
     "/api/atlas/v2/groups/{groupId}/flexClusters/{clusterName}/backup/restoreJobs/{restoreJobId}",
     kNovember2024, kReadOnly, PageStyle::Counted, "flex_restore_jobs", status_jobs},
    {Source::Collection, ApiGeneration::V2,
     "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/collectionRestoreJobs",
     "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/collectionRestoreJobs/{restoreJobId}",
     kMarch2025, kBackupManager, PageStyle::Uncounted, "cloud_backups", collection_jobs},
    {Source::Serverless, ApiGeneration::V2,
     "/api/atlas/v2/groups/{groupId}/serverless/{clusterName}/backup/restoreJobs",
     "/api/atlas/v2/groups/{groupId}/serverless/{clusterName}/backup/restoreJobs/{restoreJobId}",
     kJanuary2023, kOwner, PageStyle::Counted, "cloud_backups", flag_jobs},
    {Source::Serverless, ApiGeneration::V1,
     "/api/atlas/v1.0/groups/{groupId}/serverless/{clusterName}/backup/restoreJobs",
     "/api/atlas/v1.0/groups/{groupId}/serverless/{clusterName}/backup/restoreJobs/{restoreJobId}",
     kPlainJson, kOwner, PageStyle::Counted, "cloud_backups", flag_jobs},
    {Source::Tenant, ApiGeneration::V2,
     "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/tenant/restores",
     "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/tenant/restores/{restoreJobId}",
     kJanuary2023, kReadOnly, PageStyle::Whole, "cloud_backups", status_jobs},
    {Source::Tenant, ApiGeneration::V1,
     "/api/atlas/v1.0/groups/{groupId}/clusters/{clusterName}/backup/tenant/restores",
     "/api/atlas/v1.0/groups/{groupId}/clusters/{clusterName}/backup/tenant/restores/"
     "{restoreJobId}",
     kPlainJson, kReadOnly, PageStyle::Counted, "cloud_backups", status_jobs},
}};

}  // namespace

std::span<const Endpoint> all_endpoints() {
  return kEndpoints;
}

const Endpoint* find_endpoint(Source source, ApiGeneration api) {
  const auto* found = std::ranges::find_if(
      kEndpoints, [&](const Endpoint& row) { return row.source == source && row.api == api; });
  return found == kEndpoints.end() ? nullptr : found;
}

Error no_endpoint(Source source, ApiGeneration api) {
  std::string detail = "there is no API " + std::string(label(api));
  detail += " for the source " + std::string(label(source));
  return Error{ErrorKind::Other, std::move(detail)};
}

}  // namespace restorewatch
