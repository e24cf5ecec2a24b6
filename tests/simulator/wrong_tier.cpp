#include "simulator/wrong_tier.h"

#include "simulator/json_text.h"

namespace atlas_simulator {
namespace {

Answer wrong_family(const Cluster& cluster, std::string_view code) {
  return atlas_error(400, code, "Cluster " + cluster.name + " belongs to another API.",
                     {json_string(cluster.name)});
}

Answer unsupported(const Cluster& cluster) {
  return atlas_error(403, "FEATURE_UNSUPPORTED",
                     "The cluster " + cluster.name + " does not support this feature.",
                     {json_string(cluster.name)});
}

Answer backups_off(const Cluster& cluster) {
  return atlas_error(404, "BACKUP_CONFIG_NOT_FOUND",
                     "No backup configuration exists for cluster " + cluster.name + ".",
                     {json_string(cluster.name)});
}

std::optional<Answer> wrong_for_clusters(const Cluster& cluster) {
  if (cluster.tier == Tier::Flex) {
    return wrong_family(cluster, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API");
  }
  if (cluster.tier == Tier::Serverless) {
    return wrong_family(cluster, "CANNOT_USE_SERVERLESS_INSTANCE_IN_CLUSTER_API");
  }
  return std::nullopt;
}

/// Dedicated, tenant and free clusters share one address; the backups behind it differ.
std::optional<Answer> wrong_backup(const Cluster& cluster, Source source) {
  if (auto wrong = wrong_for_clusters(cluster)) return wrong;
  if (has_source(cluster.tier, source)) return std::nullopt;
  if (cluster.tier == Tier::Free || source == Source::Collection) return unsupported(cluster);
  return wrong_family(cluster, "INCORRECT_BACKUP_API_ENDPOINT");
}

RequestKind cluster_api(Source source) {
  if (source == Source::Flex) return RequestKind::FlexClusters;
  return source == Source::Serverless ? RequestKind::Serverless : RequestKind::Clusters;
}

}  // namespace

std::optional<Answer> wrong_cluster_api(const Cluster& cluster, RequestKind kind) {
  if (kind == RequestKind::FlexClusters && cluster.tier != Tier::Flex) {
    return wrong_family(cluster, "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API");
  }
  if (kind == RequestKind::Serverless && cluster.tier != Tier::Serverless) {
    return wrong_family(cluster, "CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API");
  }
  return kind == RequestKind::Clusters ? wrong_for_clusters(cluster) : std::nullopt;
}

std::optional<Answer> wrong_tier(const Cluster& cluster, Source source) {
  const RequestKind api = cluster_api(source);
  auto wrong = api == RequestKind::Clusters ? wrong_backup(cluster, source)
                                            : wrong_cluster_api(cluster, api);
  if (wrong) return wrong;
  if (!cluster.backup_enabled) return backups_off(cluster);
  return std::nullopt;
}

}  // namespace atlas_simulator
