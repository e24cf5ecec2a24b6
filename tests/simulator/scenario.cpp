#include "simulator/scenario.h"

#include <limits>
#include <set>
#include <utility>

#include <yaml-cpp/yaml.h>

#include "simulator/scenario_parts.h"
#include "simulator/time_text.h"
#include "simulator/words.h"
#include "simulator/yaml_map.h"

namespace atlas_simulator {
namespace {

constexpr auto kMostWhole = std::numeric_limits<std::int64_t>::max();

YAML::Node load(const std::string& text) {
  try {
    return YAML::Load(text);
  } catch (const YAML::Exception& error) {
    throw ScenarioError(std::to_string(error.mark.line + 1) + ":" +
                        std::to_string(error.mark.column + 1) + ": " + error.msg);
  }
}

ApiKey read_api_key(YamlMap& map, std::string name) {
  ApiKey key;
  key.name = std::move(name);
  key.public_key = map.needed("public_key");
  key.private_key = map.needed("private_key");
  key.algorithm = map.choice("algorithm", kHashWords).value_or(key.algorithm);
  key.nonce_lifetime = map.duration("nonce_lifetime").value_or(key.nonce_lifetime);
  key.nonce_uses = map.whole("nonce_uses", 1, kMostWhole).value_or(key.nonce_uses);
  return key;
}

ServiceAccount read_service_account(YamlMap& map, std::string name) {
  ServiceAccount account;
  account.name = std::move(name);
  account.client_id = map.needed("client_id");
  account.client_secret = map.needed("client_secret");
  account.token_lifetime = map.duration("token_lifetime").value_or(account.token_lifetime);
  return account;
}

void read_credential(const YAML::Node& node, Scenario& scenario) {
  YamlMap map(node, "a credential");
  std::string name = map.needed("name");
  if (map.text("client_id")) {
    scenario.service_accounts.push_back(read_service_account(map, std::move(name)));
  } else {
    scenario.api_keys.push_back(read_api_key(map, std::move(name)));
  }
  map.finish();
}

RateLimit read_rate_limit(YamlMap& map) {
  RateLimit limit;
  limit.capacity = map.whole("capacity", 1, kMostWhole).value_or(limit.capacity);
  limit.refill = map.whole("refill", 1, kMostWhole).value_or(limit.refill);
  limit.per = map.duration("per").value_or(limit.per);
  if (limit.per <= Millis(0)) map.fail("per", "must be longer than nothing");
  return limit;
}

JobPlan read_job(const YAML::Node& node) {
  YamlMap map(node, "a job");
  JobPlan plan = take_job(map);
  map.finish();
  return plan;
}

Fault read_fault(const YAML::Node& node) {
  YamlMap map(node, "a fault");
  Fault fault = take_fault(map);
  map.finish();
  return fault;
}

std::map<End, std::uint64_t> usual_mix() {
  return {{End::Completed, 80}, {End::Failed, 5}, {End::Cancelled, 2}, {End::Expired, 10}};
}

std::map<End, std::uint64_t> read_mix(YamlMap& map) {
  std::map<End, std::uint64_t> mix;
  std::uint64_t total = 0;
  for (const auto& [name, end] : kEndWords) {
    const auto weight = map.whole(std::string(name), 0, 1'000'000);
    if (!weight) continue;
    mix[end] = static_cast<std::uint64_t>(*weight);
    total += mix[end];
  }
  if (total == 0) map.fail("", "needs a weight above 0");
  return mix;
}

GeneratePlan read_generate(YamlMap& map) {
  GeneratePlan plan;
  plan.count = map.whole("count", 0, 1'000'000).value_or(plan.count);
  plan.from = map.duration("from").value_or(plan.from);
  plan.until = map.duration("until").value_or(plan.until);
  plan.takes = map.span("takes").value_or(plan.takes);
  plan.mix = usual_mix();
  map.inside("mix", [&](YamlMap& mix) { plan.mix = read_mix(mix); });
  if (plan.until < plan.from) map.fail("until", "must not be before 'from'");
  return plan;
}

ClusterPlan read_cluster(const YAML::Node& node) {
  YamlMap map(node, "a cluster");
  ClusterPlan plan;
  plan.name = map.needed("name");
  plan.sharded = map.flag("sharded").value_or(plan.sharded);
  map.each("jobs", [&](const YAML::Node& job) { plan.jobs.push_back(read_job(job)); });
  map.inside("generate", [&](YamlMap& generate) { plan.generate = read_generate(generate); });
  map.finish();
  return plan;
}

bool is_object_id(const std::string& text) {
  return text.size() == 24 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::set<std::string> credential_names(const Scenario& scenario) {
  std::set<std::string> names;
  for (const auto& key : scenario.api_keys) names.insert(key.name);
  for (const auto& account : scenario.service_accounts) names.insert(account.name);
  return names;
}

std::string read_credential_name(const YAML::Node& node, const std::set<std::string>& known) {
  if (!node.IsScalar() || !known.contains(node.Scalar())) fail_at(node, "no such credential");
  return node.Scalar();
}

ProjectPlan read_project(const YAML::Node& node, const std::set<std::string>& credentials) {
  YamlMap map(node, "a project");
  ProjectPlan plan;
  plan.id = map.needed("id");
  if (!is_object_id(plan.id)) map.fail("id", "must be 24 lower-case hexadecimal digits");
  plan.name = map.text("name").value_or(plan.id);
  if (node["credentials"]) plan.credentials.emplace();
  map.each("credentials", [&](const YAML::Node& name) {
    plan.credentials->push_back(read_credential_name(name, credentials));
  });
  map.each("clusters",
           [&](const YAML::Node& cluster) { plan.clusters.push_back(read_cluster(cluster)); });
  map.finish();
  return plan;
}

std::optional<VirtualTime> read_start(YamlMap& map) {
  const auto text = map.text("start");
  if (!text || *text == "now") return std::nullopt;
  const auto time = parse_iso(*text);
  if (!time) map.fail("start", "must be 'now' or a time like 2026-01-31T00:00:00Z");
  return time;
}

void read_settings(YamlMap& map, Scenario& scenario) {
  static constexpr Words<int, 2> kDenied{{{"401", 401}, {"403", 403}}};
  scenario.seed = static_cast<std::uint64_t>(map.whole("seed", 0, kMostWhole).value_or(1));
  scenario.time_factor = map.real("time_factor").value_or(scenario.time_factor);
  scenario.start = read_start(map);
  scenario.tokens_per_minute = map.whole("tokens_per_minute", 0, kMostWhole).value_or(0);
  scenario.denied_status = map.choice("denied", kDenied).value_or(scenario.denied_status);
  scenario.foreign_links = map.flag("foreign_links").value_or(scenario.foreign_links);
  map.inside("rate_limit", [&](YamlMap& limit) { scenario.rate_limit = read_rate_limit(limit); });
}

}  // namespace

Scenario parse_scenario(const std::string& text) {
  const YAML::Node root = load(text);
  YamlMap map(root, "a scenario");
  Scenario scenario;
  read_settings(map, scenario);
  map.each("credentials", [&](const YAML::Node& node) { read_credential(node, scenario); });
  const auto names = credential_names(scenario);
  map.each("projects",
           [&](const YAML::Node& node) { scenario.projects.push_back(read_project(node, names)); });
  map.each("faults", [&](const YAML::Node& node) { scenario.faults.push_back(read_fault(node)); });
  map.finish();
  return scenario;
}

std::vector<Fault> parse_faults(const std::string& text) {
  const YAML::Node root = load(text);
  if (!root.IsSequence()) return {read_fault(root)};
  std::vector<Fault> faults;
  for (const auto& node : root) faults.push_back(read_fault(node));
  return faults;
}

AddedJob parse_added_job(const std::string& text) {
  const YAML::Node root = load(text);
  YamlMap map(root, "a job");
  AddedJob added;
  added.project = map.needed("project");
  added.cluster = map.needed("cluster");
  added.plan = take_job(map);
  map.finish();
  return added;
}

}  // namespace atlas_simulator
