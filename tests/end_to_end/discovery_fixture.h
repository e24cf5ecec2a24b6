#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "end_to_end/stage.h"

namespace restorewatch {

inline constexpr const char* kUp = "mongodbatlas_restore_target_up";
inline constexpr const char* kFinished = "mongodbatlas_restore_jobs_finished_total";
inline constexpr const char* kQuick =
    "{interval: 300ms, collection_interval: 300ms, lost_after: 5s, stale_after: 15m}";

inline constexpr const char* kAccounts = R"(credentials:
  - {name: a, client_id: mdb_sa_id_aaaaaaaaaaaaaaaaaaaaaaaa, client_secret: SECRETCLIENT-a}
  - {name: b, client_id: mdb_sa_id_bbbbbbbbbbbbbbbbbbbbbbbb, client_secret: SECRETCLIENT-b}
rate_limit: {capacity: 100000, refill: 100000, per: 1s}
)";

inline constexpr const char* kClusters = R"(projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    clusters:
      - {name: prod, jobs: [{at: -1h, takes: 1m, end: completed}, {at: -2h, takes: 1m, end: failed}]}
      - {name: small, tier: flex, jobs: [{at: -1h, takes: 1m, end: completed}]}
)";

/// How a command ended, and what it wrote.
struct Ran {
  std::optional<int> code;
  std::string out;
  std::string err;
};

/// A fake Atlas of a scenario of the test's own, and a daemon that knows one credential of it.
class DiscoveryEndToEnd : public testing::Test {
 protected:
  void set(const std::string& scenario) { stage_ = std::make_unique<Stage>(scenario); }

  std::string account(const char* name) const {
    return fmt::format(
        "  - name: {0}\n    service_account: {{client_id: mdb_sa_id_{1}, client_secret_file: "
        "{2}}}\n",
        name, std::string(24, *name),
        stage_->secret_file(name, std::string("SECRETCLIENT-") + name));
  }

  Stage::DaemonSettings settings(const std::string& more = "", const std::string& projects = "") {
    return {.projects = projects,
            .credentials = account("a"),
            .poll = kQuick,
            .more = "discovery: {interval: 300ms}\n" + more};
  }

  void stop_daemon() {
    stage_->daemon().signal(SIGTERM);
    ASSERT_EQ(stage_->daemon().wait(std::chrono::seconds(10)), 0) << stage_->daemon().err();
  }

  /// Commands write behind what earlier ones wrote.
  Ran run(std::vector<std::string> arguments) {
    const auto size = [&](const char* name) {
      std::error_code none;
      const auto bytes = std::filesystem::file_size(stage_->folder().file(name), none);
      return none ? 0 : bytes;
    };
    const auto out_before = size("command.out");
    const auto err_before = size("command.err");
    auto child = stage_->run(std::move(arguments));
    const auto code = child->wait(std::chrono::seconds(30));
    return {code, child->out().substr(out_before), child->err().substr(err_before)};
  }

  /// The first line that has all of `parts`; empty if there is none.
  static std::string line_with(const std::string& text, const std::vector<std::string>& parts) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      const auto has = [&](const std::string& part) {
        return line.find(part) != std::string::npos;
      };
      if (std::ranges::all_of(parts, has)) return line;
    }
    return "";
  }
  static int count_lines(const std::string& text, const std::string& part) {
    int count = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      count += line.find(part) != std::string::npos ? 1 : 0;
    return count;
  }

  std::size_t targets_up() const { return without_zeros(stage_->metric(kUp)).size(); }

  static SeriesMap without_zeros(SeriesMap series) {
    std::erase_if(series, [](const auto& entry) { return entry.second == 0; });
    return series;
  }

  bool has_event_of(const std::string& cluster) const {
    return std::ranges::any_of(stage_->events(), [&](const std::string& line) {
      return line.find(cluster) != std::string::npos;
    });
  }

  /// Lists of restore jobs that were answered with the status.
  std::int64_t lists(std::int64_t status) {
    simdjson::dom::parser parser;
    const std::string counts = stage_->control("GET", "/_sim/requests");
    std::int64_t sum = 0;
    for (const auto row : parser.parse(counts)["requests"].get_array()) {
      const bool is_one =
          row["path"].get_string().value() == "list" && row["status"].get_int64().value() == status;
      if (is_one) sum += row["count"].get_int64().value();
    }
    return sum;
  }

  std::unique_ptr<Stage> stage_;
};

}  // namespace restorewatch
