#include <optional>
#include <utility>

#include "atlas/directory_members.h"

namespace restorewatch {
namespace {

using json::error_code;
using json::unless_broken;
using json::value;

/// What tells the tier; the texts live until the parser takes another document.
struct Kind {
  std::string_view provider;  // TENANT: free or shared; FLEX; SERVERLESS; else a cloud
  std::string_view size;      // M0, M2, M5, M10, …
};

Tier tier_of(const Kind& kind) {
  if (kind.provider == "FLEX" || kind.size == "FLEX") return Tier::Flex;
  if (kind.provider == "SERVERLESS") return Tier::Serverless;
  if (kind.size == "M2" || kind.size == "M5") return Tier::Tenant;
  if (kind.size == "M0" || kind.provider == "TENANT") return Tier::Free;
  return Tier::Dedicated;
}

/// The reference does not say which word a cluster has of which only backups are left. One that is
/// being deleted has as little claim to its name, so the two need not be told apart.
bool is_deleted(std::string_view state) {
  return state == "DELETED" || state == "DELETING";
}

class ClusterReader {
 public:
  explicit ClusterReader(Tier listed_as) : listed_as_(listed_as) {}

  error_code member(std::string_view key, value from);
  std::optional<OddRow> finish(Cluster& to);

 private:
  error_code read_id(value from);
  error_code read_backup_settings(value from);
  error_code read_provider(value from);
  error_code read_replication(value from);
  error_code read_size(value from);
  error_code read_backup_flag(value from);

  Tier listed_as_;
  Cluster cluster_;
  Kind kind_;
  std::string_view state_;
  bool has_bad_id_ = false;
};

error_code ClusterReader::member(std::string_view key, value from) {
  if (key == "name") return unless_broken(json::read_name(from, cluster_.name));
  if (key == "id") return read_id(from);
  if (key == "createDate") return unless_broken(json::read_time(from, cluster_.created_at));
  if (key == "paused") return unless_broken(json::read_any_flag(from, cluster_.paused));
  if (key == "stateName") return unless_broken(json::read_any_text(from, state_));
  if (key == "backupEnabled") return read_backup_flag(from);
  if (key == "backupSettings") return read_backup_settings(from);
  if (key == "providerSettings") return read_provider(from);
  if (key == "replicationSpecs") return read_replication(from);
  if (key == "tags") return json::read_tags(from, cluster_.tags);
  return simdjson::SUCCESS;
}

error_code ClusterReader::read_id(value from) {
  const json::Found is = json::read_object_id(from, cluster_.id);
  has_bad_id_ = is == json::Found::Wrong;
  return unless_broken(is);
}

error_code ClusterReader::read_backup_flag(value from) {
  bool enabled = false;
  const json::Found is = json::read_any_flag(from, enabled);
  if (is == json::Found::Value) cluster_.backup_enabled = enabled;
  return unless_broken(is);
}

/// Of flex clusters.
error_code ClusterReader::read_backup_settings(value from) {
  return json::walk_object(from, [this](std::string_view key, value member) {
    return key == "enabled" ? read_backup_flag(member) : simdjson::SUCCESS;
  });
}

/// Of flex clusters, and of all where the API is an older one.
error_code ClusterReader::read_provider(value from) {
  return json::walk_object(from, [this](std::string_view key, value member) {
    if (key == "providerName") return unless_broken(json::read_any_text(member, kind_.provider));
    if (key == "instanceSizeName") return unless_broken(json::read_any_text(member, kind_.size));
    return simdjson::SUCCESS;
  });
}

/// [{"regionConfigs": [{"providerName": …, "electableSpecs": {"instanceSize": …}}]}]; all regions
/// of a cluster are of one tier.
error_code ClusterReader::read_replication(value from) {
  const auto read_region = [this](std::string_view key, value member) {
    if (key == "providerName") return unless_broken(json::read_any_text(member, kind_.provider));
    return key == "electableSpecs" ? read_size(member) : simdjson::SUCCESS;
  };
  return json::walk_array(from, [&](value spec) {
    return json::walk_object(spec, [&](std::string_view key, value regions) {
      if (key != "regionConfigs") return simdjson::SUCCESS;
      return json::walk_array(regions,
                              [&](value region) { return json::walk_object(region, read_region); });
    });
  });
}

error_code ClusterReader::read_size(value from) {
  return json::walk_object(from, [this](std::string_view key, value member) {
    if (key != "instanceSize") return simdjson::SUCCESS;
    return unless_broken(json::read_any_text(member, kind_.size));
  });
}

std::optional<OddRow> ClusterReader::finish(Cluster& to) {
  const std::string id = cluster_.id ? to_string(*cluster_.id) : "";
  if (cluster_.name.empty()) return OddRow{id, "name: not a name"};
  if (has_bad_id_) return OddRow{std::move(cluster_.name), "id: not 24 hex digits"};
  cluster_.tier = listed_as_ == Tier::Dedicated ? tier_of(kind_) : listed_as_;
  cluster_.deleted = is_deleted(state_);
  // A free cluster cannot have backups; that nobody switched them on says nothing.
  if (cluster_.tier == Tier::Free) cluster_.backup_enabled.reset();
  to = std::move(cluster_);
  return std::nullopt;
}

}  // namespace

Result<ClusterPage> decode_clusters(Tier listed_as, JsonParser& parser, std::string& body) {
  return json::read_directory<ClusterReader, Cluster>(parser, body, listed_as);
}

}  // namespace restorewatch
