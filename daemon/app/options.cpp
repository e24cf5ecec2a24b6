#include "app/options.h"

#include "inventory/inventory.h"

namespace restorewatch {

std::vector<Target> targets_of(const Config& config) {
  std::vector<StaticProject> projects;
  for (const ProjectConfig& configured : config.projects) {
    StaticProject project{configured.id, configured.name, configured.credential, {}};
    for (const ClusterConfig& cluster : configured.clusters) {
      project.clusters.push_back(cluster.name);
    }
    projects.push_back(std::move(project));
  }
  return static_targets(projects, config.sources);
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

PollerOptions poller_options_of(const Config& config) {
  PollerOptions options;
  options.interval = config.poll.interval;
  options.stale_after = config.poll.stale_after;
  options.baseline_lookback = config.poll.baseline_lookback;
  options.lost_after = config.poll.lost_after;
  options.retention = config.storage.retention;
  options.max_in_flight = static_cast<std::size_t>(config.atlas.max_connections);
  options.per_job_series = config.metrics.per_job_series;
  options.job_retention = config.metrics.job_retention;
  options.max_job_series = config.metrics.max_job_series;
  return options;
}

HttpServerOptions http_options_of(const Config& config) {
  HttpServerOptions options;
  const std::string& host = config.web.listen_address.host;
  options.host = host.empty() ? "0.0.0.0" : host;  // ":9942" means every interface
  options.port = config.web.listen_address.port;
  return options;
}

}  // namespace restorewatch
