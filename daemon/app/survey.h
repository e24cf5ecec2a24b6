#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/call_rates.h"
#include "base/log.h"
#include "base/result.h"
#include "config/config.h"
#include "jobs/inventory.h"

namespace restorewatch {

/// One real listing, for all clusters of a project that are seen through a source.
struct Probe {
  Target target;           // the cluster that was asked for
  std::string_view role;   // what the listing needs
  std::string credential;  // that was accepted; empty where none was
  Status status = Success{};
};

/// What would be polled, found out by asking Atlas once. The daemon's store is not touched.
struct Survey {
  Inventory inventory;
  std::vector<CallRate> rates;          // by project and endpoint set
  std::vector<Probe> probes;            // by project and source; empty unless asked for
  std::vector<std::string> idle_rules;  // see idle_rules()

  /// Everything that was asked was answered well, what the configuration names is there, and there
  /// is something to watch.
  bool is_good() const;
};

/// `probe`: also makes one real listing for each project and source, since only that shows a
/// missing role. Blocks until all is answered; each question ends after atlas.request_timeout.
/// Errors: BadConfig where no question can be asked at all.
Result<Survey> survey(const Config& config, const Log& log, bool probe);

}  // namespace restorewatch
