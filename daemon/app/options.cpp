#include "app/options.h"

#include <memory>
#include <optional>
#include <random>

#include "atlas/rate_limits.h"
#include "http/routes.h"

namespace restorewatch {
namespace {

Cluster cluster_of(const ClusterConfig& configured) {
  Cluster cluster;
  cluster.name = configured.name;
  cluster.tier = configured.tier;
  cluster.api = configured.api;
  return cluster;
}

WantedProject wanted_project_of(const ProjectConfig& configured) {
  WantedProject project{configured.id, configured.name, configured.credential, std::nullopt};
  if (!configured.clusters) return project;
  project.clusters.emplace();
  for (const ClusterConfig& cluster : *configured.clusters) {
    project.clusters->push_back(cluster_of(cluster));
  }
  return project;
}

}  // namespace

Rules rules_of(const Config& config) {
  return {config.drills, config.objectives, config.policies};
}

Wanted wanted_of(const Config& config) {
  Wanted wanted;
  for (const Credential& credential : config.credentials) {
    wanted.credentials.push_back(credential.name);
  }
  wanted.sources = config.sources;
  if (config.projects) {
    wanted.projects.emplace();
    for (const ProjectConfig& project : *config.projects) {
      wanted.projects->push_back(wanted_project_of(project));
    }
  }
  wanted.include = config.discovery.include;
  wanted.exclude = config.discovery.exclude;
  return wanted;
}

DiscoveryOptions discovery_options_of(const Config& config) {
  DiscoveryOptions options;
  options.interval = config.discovery.interval;
  return options;
}

NetOptions net_options_of(const Config& config) {
  NetOptions options;
  options.max_connections = static_cast<std::size_t>(config.atlas.max_connections);
  options.ca_file = config.atlas.ca_file.value_or("");
  options.proxy_url = config.atlas.proxy_url.value_or("");
  return options;
}

AtlasOptions atlas_options_of(const Config& config) {
  AtlasOptions options;
  options.base_url = config.atlas.base_url;
  options.request_timeout = config.atlas.request_timeout;
  options.page_size = static_cast<std::size_t>(config.poll.page_size);
  options.credentials = config.credentials;
  return options;
}

RateBudget::Options budget_options_of(const Config& config) {
  RateBudget::Options options;
  options.share = config.poll.rate_budget;
  options.documented = documented_limit;
  options.seed = std::random_device()();
  return options;
}

PollerOptions poller_options_of(const Config& config) {
  PollerOptions options;
  options.interval = config.poll.interval;
  options.collection_interval = config.poll.collection_interval;
  options.active_interval = config.poll.active_interval;
  options.full_sweep_interval = config.poll.full_sweep_interval;
  options.stale_after = config.poll.stale_after;
  options.baseline_lookback = config.poll.baseline_lookback;
  options.lost_after = config.poll.lost_after;
  options.retention = config.storage.retention;
  options.max_in_flight = static_cast<std::size_t>(config.atlas.max_connections);
  options.per_job_series = config.metrics.per_job_series;
  options.job_retention = config.metrics.job_retention;
  options.max_job_series = config.metrics.max_job_series;
  options.drills = std::make_shared<const DrillRules>(config.drills);
  options.policies = std::make_shared<const Policies>(config.policies);
  options.objectives = std::make_shared<const ObjectiveRules>(config.objectives);
  return options;
}

std::vector<WebhookOptions> webhook_options_of(const Config& config) {
  std::vector<WebhookOptions> webhooks;
  for (const WebhookConfig& webhook : config.events.webhooks) {
    webhooks.push_back({webhook.name,
                        webhook.url,
                        {webhook.secret},
                        webhook.timeout,
                        webhook.proxy_url.value_or("")});
  }
  return webhooks;
}

WebServerOptions web_options_of(const Config& config) {
  WebServerOptions options;
  options.urgent.assign(kUrgentPaths.begin(), kUrgentPaths.end());
  const std::string& host = config.web.listen_address.host;
  options.host = host.empty() ? "0.0.0.0" : host;  // ":9942" means every interface
  options.port = config.web.listen_address.port;
  return options;
}

}  // namespace restorewatch
