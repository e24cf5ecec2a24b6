#include "app/call_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "app/options.h"
#include "atlas/endpoints.h"
#include "atlas/rate_limits.h"
#include "config/durations.h"
#include "jobs/sources.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;

std::vector<Target> named_targets(const Config& config) {
  std::vector<Target> targets;
  if (!config.projects) return targets;
  for (const ProjectConfig& project : *config.projects) {
    if (!project.clusters) continue;
    for (const ClusterConfig& cluster : *project.clusters) {
      for (const Source source : config.sources) {
        if (facts_of(source).tier != cluster.tier) continue;
        Target target{{project.id, cluster.name, source}, "", {}};
        target.api = cluster.api;
        targets.push_back(std::move(target));
      }
    }
  }
  return targets;
}

CallRate empty_rate(const ProjectId& project_id, std::string_view endpoint_set, double share) {
  CallRate rate{project_id, std::string(endpoint_set)};
  if (const auto limit = documented_limit(endpoint_set)) {
    rate.documented_limit = limit->refill_a_minute;
  }
  rate.share = share;
  rate.interval = milliseconds::max();
  return rate;
}

}  // namespace

std::optional<double> CallRate::our_limit() const {
  if (!documented_limit) return std::nullopt;
  return *documented_limit * share;
}

bool CallRate::is_over_committed() const {
  return our_limit() && shortest_interval(demand, *our_limit()).count() > 0;
}

milliseconds CallRate::effective_interval() const {
  return our_limit() ? std::max(interval, shortest_interval(demand, *our_limit())) : interval;
}

std::vector<CallRate> rates_of(const Config& config, const std::vector<Target>& targets) {
  const PollerOptions polling = poller_options_of(config);
  std::map<std::pair<ProjectId, std::string_view>, CallRate> buckets;
  for (const Target& target : targets) {
    const Endpoint* endpoint = find_endpoint(target.key.source, target.api);
    if (endpoint == nullptr) continue;
    const std::pair bucket{target.key.project_id, endpoint->endpoint_set};
    CallRate& rate =
        buckets
            .try_emplace(bucket, empty_rate(bucket.first, bucket.second, config.poll.rate_budget))
            .first->second;
    const milliseconds interval = polling.interval_of(target.key.source);
    rate.demand[interval] += 1;
    rate.interval = std::min(rate.interval, interval);
  }
  std::vector<CallRate> rates;
  rates.reserve(buckets.size());
  for (auto& [bucket, rate] : buckets) {
    rate.calls_a_minute = calls_a_minute(rate.demand);
    rates.push_back(std::move(rate));
  }
  return rates;
}

std::vector<CallRate> rates_of_named_clusters(const Config& config) {
  return rates_of(config, named_targets(config));
}

std::string over_commitment(const CallRate& rate) {
  return fmt::format(
      "the clusters named in project {} take {:.1f} calls a minute of the limit {}, and our share "
      "of the {:.0f} that Atlas allows is {:.1f}: looks that should be {} apart will be {} apart; "
      "raise the poll "
      "intervals or rate_budget, or ask Atlas's support for a higher limit",
      to_string(rate.project_id), rate.calls_a_minute, rate.endpoint_set, *rate.documented_limit,
      *rate.our_limit(), format_duration(rate.interval),
      format_duration(rate.effective_interval()));
}

}  // namespace restorewatch
