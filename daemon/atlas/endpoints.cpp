#include "atlas/endpoints.h"

#include <array>

#include "atlas/decode_dedicated.h"

namespace restorewatch {
namespace {

/// In the order of Source. Facts from the Atlas Admin API v2 and its table of rate limits.
constexpr std::array<Endpoint, kSourceCount> kEndpoints{{
    {"/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs",
     "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs/{restoreJobId}",
     "application/vnd.atlas.2023-01-01+json", "cloud_backups", decode_dedicated_page,
     decode_dedicated_job},
}};

}  // namespace

const Endpoint& endpoint_of(Source source) {
  return kEndpoints.at(index_of(source));
}

}  // namespace restorewatch
