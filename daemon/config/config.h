#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/credential.h"
#include "base/log.h"
#include "base/secret.h"
#include "config/endpoints.h"
#include "config/secrets.h"
#include "jobs/drills.h"
#include "jobs/matcher.h"
#include "jobs/object_id.h"
#include "jobs/objectives.h"
#include "jobs/policies.h"
#include "jobs/words.h"

namespace restorewatch {

// What the operator wants, checked. The member initializers are the documented defaults; every
// path is absolute or relative to the working directory of whoever called load_config().

using Duration = std::chrono::milliseconds;

struct AtlasConfig {
  std::string base_url = "https://cloud.mongodb.com";  // scheme, host, port; no trailing slash
  std::optional<std::string> ca_file;                  // an extra trust anchor, PEM
  std::optional<std::string> proxy_url;  // absent: no proxy, whatever the environment says
  Duration request_timeout{std::chrono::seconds{30}};
  int max_connections = 32;

  bool operator==(const AtlasConfig&) const = default;
};

struct ClusterConfig {
  std::string name;  // unique in its project
  Tier tier = Tier::Dedicated;
  ApiGeneration api = ApiGeneration::V2;

  bool operator==(const ClusterConfig&) const = default;
};

struct ProjectConfig {
  ProjectId id;                     // unique
  std::optional<std::string> name;  // what the label project_name shows; absent: as Atlas calls it
  std::string credential;           // the name of one of Config::credentials
  std::optional<std::vector<ClusterConfig>> clusters;  // absent: those that Atlas lists

  bool operator==(const ProjectConfig&) const = default;
};

struct DiscoveryConfig {
  Duration interval{std::chrono::minutes{10}};
  // Which clusters to watch of those that no project names: any that an include matches, and no
  // exclude.
  std::vector<Matcher> include{Matcher{"*", "*", {}, {}}};
  std::vector<Matcher> exclude;

  bool operator==(const DiscoveryConfig&) const = default;
};

struct PollConfig {
  Duration interval{std::chrono::minutes{1}};
  Duration collection_interval{std::chrono::minutes{5}};  // in its place for source collection
  Duration active_interval{std::chrono::seconds{10}};     // while a job is going on
  Duration full_sweep_interval{std::chrono::hours{1}};    // how often a list is read to its end
  double rate_budget = 0.5;       // the share of Atlas's rate limits that may be used; 0.01 to 1
  bool read_rate_limits = false;  // whether Atlas is asked what limits each project has
  Duration stale_after{std::chrono::minutes{15}};  // then a blind target's present state goes
  Duration baseline_lookback{0};                   // jobs that ended within it are news at first
  int page_size = 500;
  Duration lost_after{std::chrono::minutes{10}};  // two 404s this far apart make a job lost

  bool operator==(const PollConfig&) const = default;
};

struct StorageConfig {
  std::string path = "/var/lib/restorewatch/restorewatch.db";
  Duration retention{std::chrono::hours{3 * 365 * 24}};

  bool operator==(const StorageConfig&) const = default;
};

struct WebConfig {
  ListenAddress listen_address{"127.0.0.1", 9942};
  bool enable_lifecycle = false;  // whether POST /-/reload is answered
  /// Who may come in, and how: for load_web_file(). Absent: everybody, over plain HTTP.
  std::optional<SecretPlaces> access{};

  bool operator==(const WebConfig&) const = default;
};

struct LogConfig {
  LogLevel level = LogLevel::Info;
  LogFormat format = LogFormat::Logfmt;

  bool operator==(const LogConfig&) const = default;
};

struct WebhookConfig {
  std::string name;  // unique; [a-z0-9._-]
  Secret url;        // https, or http to a loopback address
  Secret secret;     // signs what is sent
  Duration timeout{std::chrono::seconds{10}};
  std::optional<std::string> proxy_url;  // as AtlasConfig::proxy_url
  std::string secret_path{};             // the file that `secret` was read from

  bool operator==(const WebhookConfig&) const = default;
};

struct EventsConfig {
  std::vector<WebhookConfig> webhooks;

  bool operator==(const EventsConfig&) const = default;
};

struct MetricsConfig {
  bool per_job_series = false;
  Duration job_retention{std::chrono::hours{24}};
  std::size_t max_job_series = 1000;

  bool operator==(const MetricsConfig&) const = default;
};

struct Config {
  AtlasConfig atlas;
  std::vector<Credential> credentials;  // at least one
  std::vector<Source> sources{Source::Dedicated, Source::Flex, Source::Collection};
  std::optional<std::vector<ProjectConfig>> projects;  // absent: all that the credentials can see
  DiscoveryConfig discovery;
  PollConfig poll;
  DrillRules drills;  // empty: every restore is one
  ObjectiveRules objectives;
  Policies policies;
  StorageConfig storage;
  WebConfig web;
  LogConfig log;
  EventsConfig events;
  MetricsConfig metrics;

  bool operator==(const Config&) const = default;
};

}  // namespace restorewatch
