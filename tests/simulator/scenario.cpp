#include "simulator/scenario.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <yaml-cpp/yaml.h>

#include "simulator/endpoints.h"
#include "simulator/scenario_clusters.h"
#include "simulator/scenario_events.h"
#include "simulator/scenario_faults.h"
#include "simulator/scenario_jobs.h"
#include "simulator/time_text.h"
#include "simulator/words.h"
#include "simulator/yaml_map.h"

namespace atlas_simulator {
namespace {

constexpr auto kMostWhole = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostDrained = 1'000'000;

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
  key.organization = map.object_id("org").value_or(key.organization);
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
  account.organization = map.object_id("org").value_or(account.organization);
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

Drain read_drain(const YAML::Node& node) {
  YamlMap map(node, "a drain");
  Drain drain;
  drain.project = map.needed("project");
  drain.set = map.needed("set");
  if (!is_counted_by_project(drain.set)) map.fail("set", "must be a set counted by project");
  map.needed("calls_a_minute");
  drain.calls_a_minute = *map.whole("calls_a_minute", 0, kMostDrained);
  map.finish();
  return drain;
}

Fault read_fault(const YAML::Node& node) {
  YamlMap map(node, "a fault");
  Fault fault = take_fault(map);
  map.finish();
  return fault;
}

ProjectPlan read_project(const YAML::Node& node, const Scenario& scenario) {
  YamlMap map(node, "a project");
  map.needed("id");
  ProjectPlan plan = take_project(map, *map.object_id("id"), scenario);
  map.finish();
  return plan;
}

Event read_event(const YAML::Node& node, const Scenario& scenario) {
  YamlMap map(node, "an event");
  Event event = take_event(map, scenario);
  map.finish();
  return event;
}

std::optional<VirtualTime> read_start(YamlMap& map) {
  const auto text = map.text("start");
  if (!text || *text == "now") return std::nullopt;
  const auto time = parse_iso(*text);
  if (!time) map.fail("start", "must be 'now' or a time like 2026-01-31T00:00:00Z");
  return time;
}

/// `rate_limit` is that of every set of restore jobs; `rate_limits` names single sets.
void read_rate_limits(YamlMap& map, Scenario& scenario) {
  map.inside("rate_limit", [&](YamlMap& limit) {
    const RateLimit all = read_rate_limit(limit);
    for (const auto set : kJobSets) scenario.rate_limits.emplace(set, all);
  });
  map.inside("rate_limits", [&](YamlMap& sets) {
    for (const auto set : endpoint_sets()) {
      sets.inside(std::string(set), [&](YamlMap& limit) {
        scenario.rate_limits.insert_or_assign(std::string(set), read_rate_limit(limit));
      });
    }
  });
}

void read_throttle(YamlMap& map, ThrottleForm& form) {
  static constexpr Words<ThrottleBody, 3> kBodies{{{"token_bucket", ThrottleBody::TokenBucket},
                                                   {"rate_limited", ThrottleBody::RateLimited},
                                                   {"empty", ThrottleBody::Empty}}};
  form.body = map.choice("body", kBodies).value_or(form.body);
  form.headers = map.flag("headers").value_or(form.headers);
}

void read_settings(YamlMap& map, Scenario& scenario) {
  static constexpr Words<int, 2> kDenied{{{"401", 401}, {"403", 403}}};
  scenario.seed = static_cast<std::uint64_t>(map.whole("seed", 0, kMostWhole).value_or(1));
  scenario.time_factor = map.real("time_factor").value_or(scenario.time_factor);
  scenario.start = read_start(map);
  map.inside("throttle", [&](YamlMap& form) { read_throttle(form, scenario.throttle); });
  scenario.tokens_per_minute = map.whole("tokens_per_minute", 0, kMostWhole).value_or(0);
  scenario.denied_status = map.choice("denied", kDenied).value_or(scenario.denied_status);
  scenario.foreign_links = map.flag("foreign_links").value_or(scenario.foreign_links);
  scenario.retired = map.choice("retired", kRetiredWords).value_or(scenario.retired);
}

}  // namespace

Scenario parse_scenario(const std::string& text) {
  const YAML::Node root = load(text);
  YamlMap map(root, "a scenario");
  Scenario scenario;
  read_settings(map, scenario);
  read_rate_limits(map, scenario);
  map.each("credentials", [&](const YAML::Node& node) { read_credential(node, scenario); });
  map.each("projects", [&](const YAML::Node& node) {
    scenario.projects.push_back(read_project(node, scenario));
  });
  map.each("events",
           [&](const YAML::Node& node) { scenario.events.push_back(read_event(node, scenario)); });
  map.each("faults", [&](const YAML::Node& node) { scenario.faults.push_back(read_fault(node)); });
  map.each("drains", [&](const YAML::Node& node) { scenario.drains.push_back(read_drain(node)); });
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
  added.plan = take_job(map, std::nullopt);
  map.finish();
  return added;
}

SecretChange parse_secret_change(const std::string& text) {
  const YAML::Node root = load(text);
  YamlMap map(root, "a change of secrets");
  SecretChange change;
  change.credential = map.needed("credential");
  map.each("secrets", [&](const YAML::Node& node) {
    if (!node.IsScalar()) fail_at(node, "must be a secret");
    change.secrets.push_back(node.Scalar());
  });
  if (change.secrets.empty()) map.fail("secrets", "must be a list of one at least");
  change.revoke_tokens = map.flag("revoke_tokens").value_or(false);
  map.finish();
  return change;
}

Drain parse_drain(const std::string& text) {
  return read_drain(load(text));
}

ClusterAction parse_cluster_action(const std::string& text) {
  const YAML::Node root = load(text);
  YamlMap map(root, "an action");
  ClusterAction action = take_cluster_action(map);
  map.finish();
  return action;
}

ProjectAction parse_project_action(const std::string& text, const Scenario& scenario) {
  const YAML::Node root = load(text);
  YamlMap map(root, "an action");
  ProjectAction action = take_project_action(map, scenario);
  map.finish();
  return action;
}

}  // namespace atlas_simulator
