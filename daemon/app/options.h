#pragma once

#include <vector>

#include "atlas/atlas_client.h"
#include "config/config.h"
#include "events/webhook_options.h"
#include "inventory/discovery.h"
#include "jobs/idle_rules.h"
#include "net/net_loop.h"
#include "poller/poller.h"
#include "poller/rate_budget.h"
#include "web/web_server.h"

namespace restorewatch {

// The configuration, put into each role's own terms. No role but config/ knows of Config.

Wanted wanted_of(const Config& config);
Rules rules_of(const Config& config);
DiscoveryOptions discovery_options_of(const Config& config);
NetOptions net_options_of(const Config& config);
AtlasOptions atlas_options_of(const Config& config);
RateBudget::Options budget_options_of(const Config& config);
PollerOptions poller_options_of(const Config& config);
std::vector<WebhookOptions> webhook_options_of(const Config& config);
WebServerOptions web_options_of(const Config& config);

}  // namespace restorewatch
