#include "simulator/scenario_clusters.h"

#include <utility>

#include <yaml-cpp/yaml.h>

#include "simulator/scenario_jobs.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

Tags take_tags(YamlMap& map) {
  Tags tags;
  map.pairs("tags",
            [&](const std::string& key, const YAML::Node& value) { tags[key] = value.Scalar(); });
  return tags;
}

void check_instance_size(const YamlMap& map, const ClusterPlan& plan) {
  if (!plan.instance_size) return;
  const std::string& size = *plan.instance_size;
  const bool shared = size == "M2" || size == "M5";
  if (plan.tier == Tier::Tenant && !shared) map.fail("instance_size", "must be M2 or M5");
  if (plan.tier == Tier::Dedicated && (shared || size == "M0")) {
    map.fail("instance_size", "is no dedicated one");
  }
  if (plan.tier != Tier::Tenant && plan.tier != Tier::Dedicated) {
    map.fail("instance_size", "is of dedicated and tenant clusters only");
  }
}

void take_jobs(YamlMap& map, ClusterPlan& plan) {
  map.each("jobs", [&](const YAML::Node& node) {
    YamlMap job(node, "a job");
    plan.jobs.push_back(take_job(job, plan.tier));
    job.finish();
  });
  map.one_or_each("generate", [&](YamlMap& generate) {
    plan.generate.push_back(take_generate(generate, plan.tier));
  });
}

std::optional<std::string> find_organization(const std::string& name, const Scenario& scenario) {
  for (const auto& key : scenario.api_keys) {
    if (key.name == name) return key.organization;
  }
  for (const auto& account : scenario.service_accounts) {
    if (account.name == name) return account.organization;
  }
  return std::nullopt;
}

/// A credential belongs to one organization and sees nothing of another.
std::string read_member(const YAML::Node& node, const std::string& organization,
                        const Scenario& scenario) {
  const auto its = node.IsScalar() ? find_organization(node.Scalar(), scenario) : std::nullopt;
  if (!its) fail_at(node, "no such credential");
  if (*its != organization) fail_at(node, "the credential is of another organization");
  return node.Scalar();
}

void take_roles(YamlMap& map, ProjectPlan& plan, const Scenario& scenario) {
  map.pairs("roles", [&](const std::string& name, const YAML::Node& value) {
    if (!find_organization(name, scenario)) fail_at(value, "no credential '" + name + "'");
    for (const auto& [word, role] : kRoleWords) {
      if (word == value.Scalar()) plan.roles[name] = role;
    }
    if (!plan.roles.contains(name)) fail_at(value, "must be read_only, backup_manager or owner");
  });
}

}  // namespace

std::string organization_of(const YamlMap& map, const std::string& key, const std::string& name,
                            const Scenario& scenario) {
  const auto organization = find_organization(name, scenario);
  if (!organization) map.fail(key, "is no credential");
  return *organization;
}

ClusterPlan take_cluster(YamlMap& map, std::string name) {
  ClusterPlan plan;
  plan.name = std::move(name);
  plan.tier = map.choice("tier", kTierWords).value_or(plan.tier);
  plan.id = map.object_id("id");
  plan.created = map.moment("created");
  plan.instance_size = map.text("instance_size");
  plan.sharded = map.flag("sharded").value_or(plan.sharded);
  plan.paused = map.flag("paused").value_or(plan.paused);
  plan.backup_enabled = map.flag("backup_enabled").value_or(plan.tier != Tier::Free);
  plan.deleted_with_backups = map.flag("deleted_with_backups").value_or(false);
  plan.tags = take_tags(map);
  check_instance_size(map, plan);
  if (plan.backup_enabled && plan.tier == Tier::Free) {
    map.fail("backup_enabled", "cannot be true for a free cluster");
  }
  take_jobs(map, plan);
  return plan;
}

ProjectPlan take_project(YamlMap& map, std::string id, const Scenario& scenario) {
  ProjectPlan plan;
  plan.id = std::move(id);
  plan.name = map.text("name").value_or(plan.id);
  plan.organization = map.object_id("org").value_or(plan.organization);
  plan.created = map.moment("created");
  plan.tags = take_tags(map);
  if (map.has("credentials")) plan.credentials.emplace();
  map.each("credentials", [&](const YAML::Node& node) {
    plan.credentials->push_back(read_member(node, plan.organization, scenario));
  });
  take_roles(map, plan, scenario);
  map.each("clusters", [&](const YAML::Node& node) {
    YamlMap cluster(node, "a cluster");
    plan.clusters.push_back(take_cluster(cluster, cluster.needed("name")));
    cluster.finish();
  });
  return plan;
}

}  // namespace atlas_simulator
