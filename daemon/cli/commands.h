#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/reload.h"
#include "cli/report_arguments.h"
#include "config/config.h"

namespace restorewatch {

struct Flags;

/// The daemon: runs until SIGINT or SIGTERM. `read_again` gives the configuration as it is when a
/// reload is asked for; called on several threads, one at a time.
int run_daemon(const Config& config, std::function<ConfigReading()> read_again);

/// Says what would be watched.
int run_check(const Config& config);

struct TargetsOptions {
  bool probe = false;  // also make one real listing for each project and source
  bool json = false;
};

/// Asks Atlas which projects and clusters there are, and says which of them would be watched, how,
/// and why the rest is not.
int run_targets(const Config& config, const TargetsOptions& options);

/// What the store knows of a job, and which rules gave its state and outcome.
int run_explain(const std::string& store_path, const std::string& job_id);

/// Proves the store's journal and counters; with `expected_head`, also that the chain contains a
/// head that was announced earlier.
int run_verify(const std::string& store_path, const std::optional<std::string>& expected_head);

struct ReportRequest {
  ReportArguments arguments;
  std::string store_path;
  std::string objectives_from{};  // the configuration's path; empty: none was read
  ObjectiveRules objectives{};
  std::chrono::milliseconds stale_after{std::chrono::minutes{15}};
};

/// Writes the evidence of restores in a period.
int run_report(const ReportRequest& request);

/// Asks the daemon of this machine whether it is alive, for a container's health check.
int run_healthcheck(const Flags& flags);

/// One sweep over every target, then the page on standard output; events go to standard error.
int run_once(const Config& config);

}  // namespace restorewatch
