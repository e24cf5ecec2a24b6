#include "simulator/cluster_body.h"

#include <algorithm>

#include "simulator/job_paths.h"
#include "simulator/json_text.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

constexpr int kShards = 2;

/// What only has to be the same every time.
Draws draws_for(const Cluster& cluster, std::string_view what) {
  return Draws(seed_for(seed_for(0, cluster.id), what));
}

std::string tags_json(const Tags& tags) {
  std::vector<std::string> rows;
  for (const auto& [key, value] : tags) {
    rows.push_back(JsonObject().text("key", key).text("value", value).render());
  }
  return json_array(rows);
}

std::string connection_strings(const Cluster& cluster) {
  const std::string host = "SECRETHOST" + draws_for(cluster, "host").hex(12) + ".mongodb.net";
  return JsonObject()
      .text("standard", "mongodb://" + host + ":27017/?ssl=true")
      .text("standardSrv", "mongodb+srv://" + host)
      .render();
}

std::string state_word(const Cluster& cluster) {
  return cluster.deleted ? "DELETING" : "IDLE";
}

bool is_shared(const Cluster& cluster) {
  return cluster.tier == Tier::Tenant || cluster.tier == Tier::Free;
}

std::string region_config(const Cluster& cluster) {
  JsonObject specs;
  specs.text("instanceSize", cluster.instance_size);
  if (!is_shared(cluster)) specs.number("nodeCount", 3).raw("diskSizeGB", "10.0");
  JsonObject region;
  region.raw("electableSpecs", specs.render()).number("priority", 7);
  region.text("providerName", is_shared(cluster) ? "TENANT" : "AWS");
  if (is_shared(cluster)) region.text("backingProviderName", "AWS");
  return region.text("regionName", "US_EAST_1").render();
}

std::string replication_specs(const Cluster& cluster, std::string_view version) {
  constexpr std::string_view kOneSpecPerShard = "2024-08-05";
  const bool each_shard = version >= kOneSpecPerShard;
  const int shards = cluster.sharded ? kShards : 1;
  std::vector<std::string> specs;
  Draws draws = draws_for(cluster, "specs");
  for (int i = 0; i < (each_shard ? shards : 1); ++i) {
    JsonObject spec;
    spec.text("id", cluster.id.substr(0, 8) + draws.hex(16)).text("zoneName", "Zone 1");
    if (!each_shard) spec.number("numShards", shards);
    specs.push_back(spec.raw("regionConfigs", json_array({region_config(cluster)})).render());
  }
  return json_array(specs);
}

/// What clusters of all families have.
JsonObject common_body(const Cluster& cluster, const Project& project) {
  JsonObject body;
  body.text("id", cluster.id).text("name", cluster.name).text("groupId", project.id);
  body.text("clusterType", cluster.sharded ? "SHARDED" : "REPLICASET");
  body.raw("connectionStrings", connection_strings(cluster));
  body.text("createDate", iso_text(cluster.created)).text("mongoDBVersion", "8.0.12");
  body.text("stateName", state_word(cluster)).raw("tags", tags_json(cluster.tags));
  return body.flag("terminationProtectionEnabled", false);
}

std::string provider_settings(std::string_view provider) {
  JsonObject settings;
  settings.text("backingProviderName", "AWS").text("providerName", provider);
  return settings.text("regionName", "US_EAST_1").render();
}

std::string self_link(const Cluster& cluster, const Project& project, const std::string& family) {
  const std::string path = project_path(Generation::V2, project.id) + family + cluster.name;
  return json_array({link_json("self", kLinkHost, path)});
}

std::string finished(JsonObject body, const Cluster& cluster) {
  body.shuffle(draws_for(cluster, "order"));
  return body.render();
}

}  // namespace

std::string project_body(const Project& project) {
  const auto live = std::count_if(project.clusters.begin(), project.clusters.end(),
                                  [](const Cluster& cluster) { return !cluster.deleted; });
  const std::string path = project_path(Generation::V2, project.id);
  JsonObject body;
  body.number("clusterCount", live).text("created", iso_text(project.created));
  body.text("id", project.id).raw("links", json_array({link_json("self", kLinkHost, path)}));
  body.text("name", project.name).text("orgId", project.organization);
  return body.raw("tags", tags_json(project.tags)).render();
}

std::string cluster_body(const Cluster& cluster, const Project& project, std::string_view version) {
  JsonObject body = common_body(cluster, project);
  body.flag("backupEnabled", cluster.backup_enabled);
  body.flag("paused", cluster.paused).flag("pitEnabled", !is_shared(cluster));
  body.raw("replicationSpecs", replication_specs(cluster, version));
  body.raw("links", self_link(cluster, project, "/clusters/"));
  return finished(std::move(body), cluster);
}

std::string flex_body(const Cluster& cluster, const Project& project) {
  JsonObject body = common_body(cluster, project);
  JsonObject backup;
  body.raw("backupSettings", backup.flag("enabled", cluster.backup_enabled).render());
  body.raw("providerSettings", provider_settings("FLEX"));
  body.text("versionReleaseSystem", "CONTINUOUS");  // recorded, outside the documented words
  return finished(std::move(body), cluster);
}

std::string serverless_body(const Cluster& cluster, const Project& project) {
  JsonObject body = common_body(cluster, project);
  JsonObject backup;
  backup.flag("serverlessContinuousBackupEnabled", cluster.backup_enabled);
  body.raw("serverlessBackupOptions", backup.render());
  body.raw("providerSettings", provider_settings("SERVERLESS"));
  body.raw("links", self_link(cluster, project, "/serverless/"));
  return finished(std::move(body), cluster);
}

}  // namespace atlas_simulator
