// Holds the tables of docs/metrics.md to the live page: names, types and labels.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <sstream>

#include "build/readme_table.h"
#include "end_to_end/stage.h"

namespace restorewatch {
namespace {

/// "gauge {cluster_name,state}" by the family's name.
using Families = std::map<std::string, std::string>;
using Names = std::set<std::string>;

/// The fake Atlas announces no end of an API version, and the page is served without TLS.
constexpr std::array kNotOnThisPage{"restorewatch_api_version_sunset_timestamp_seconds",
                                    "restorewatch_http_certificate_expiry_timestamp_seconds"};

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - {name: prod-a, jobs: [{at: -30d, takes: 5m, end: completed}]}
)";
constexpr const char* kProjects =
    "  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, clusters: [{name: prod-a}]}";

constexpr const char* kMore =
    "metrics: {per_job_series: true}\n"
    "policies: [{cluster: \"*\", allow_download: false}]\n"
    "objectives: [{cluster: \"*\", drill_interval: 30d, restore_duration: 4h, recovery_point: "
    "1d}]\n";

std::string text_of(const std::string& type, const Names& labels) {
  std::string joined;
  for (const std::string& label : labels) joined += (joined.empty() ? "" : ",") + label;
  return type + " {" + joined + "}";
}

/// The names in `metric{name="value",…} 1`. Values may hold braces and escaped quotes.
Names label_names(const std::string& sample) {
  Names names;
  auto at = sample.find('{');
  while (at != std::string::npos && sample[at] != '}') {
    const auto equals = sample.find('=', at);
    names.insert(sample.substr(at + 1, equals - at - 1));
    at = equals + 2;
    while (sample[at] != '"') at += sample[at] == '\\' ? 2U : 1U;
    ++at;
  }
  names.erase("le");  // of every histogram, and so not documented
  return names;
}

Families shown_on(const std::string& page) {
  Families families;
  std::string name;
  std::string type;
  Names labels;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# TYPE ")) {
      std::istringstream(line.substr(7)) >> name >> type;
      labels.clear();
    } else if (!line.starts_with('#')) {
      labels.merge(label_names(line));
      families[name] = text_of(type, labels);
    }
  }
  return families;
}

struct Documented {
  Families families;
  Names always;  // what every page shows
};

Names labels_in(const std::string& cell) {
  Names names;
  std::istringstream list(cell);
  for (std::string name; std::getline(list >> std::ws, name, ',');) names.insert(name);
  if (names.erase("C") > 0) names.merge(Names{"project_id", "project_name", "cluster_name"});
  return names;
}

Documented documented() {
  Documented all;
  for (const char* const heading : {"## Restores", "## restorewatch itself"}) {
    for (const TableRow& row : table_rows("docs/metrics.md", heading)) {
      if (row.size() != 5) throw std::runtime_error(row[0] + ": not five cells");
      const std::string name = without_backticks(row[0]);
      const bool is_new = all.families.emplace(name, text_of(row[1], labels_in(row[2]))).second;
      if (!is_new) throw std::runtime_error(name + " has two rows");
      if (row[3] == "always") all.always.insert(name);
    }
  }
  return all;
}

TEST(DocumentedMetrics, TheTablesListExactlyWhatIsShownOnceEverythingHasHappened) {
  Stage stage(Login::ServiceAccount, kScenario);
  stage.start_daemon({.projects = kProjects, .more = kMore});
  ASSERT_TRUE(eventually([&] { return stage.shows("mongodbatlas_restore_target_up", {}, 1); }))
      << stage.daemon().err();
  for (const char* const job :
       {"end: never", "takes: 1s, end: completed", "takes: 1s, end: failed",
        "takes: 1s, end: cancelled", "takes: 1s, end: vanishes",
        "takes: 1s, end: expired, link_lives: 1s", "takes: 1s, end: ready, link_lives: 2h"}) {
    stage.control("POST", "/_sim/jobs",
                  "{project: prod-payments, cluster: prod-a, at: 0s, " + std::string(job) + "}");
  }
  ASSERT_TRUE(eventually([&] {
    return stage.shows("mongodbatlas_restore_transitions_total", {"to=\"lost\""}, 1);
  })) << stage.daemon().err();

  Families expected = documented().families;
  for (const char* const name : kNotOnThisPage) ASSERT_EQ(expected.erase(name), 1U) << name;
  EXPECT_TRUE(eventually([&] { return shown_on(stage.get("/metrics").value_or("")) == expected; },
                         std::chrono::seconds(10)));
  EXPECT_EQ(shown_on(stage.get("/metrics").value_or("")), expected);
}

TEST(DocumentedMetrics, WhatIsShownAlwaysIsShownThoughNothingCanBeRead) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects, .secret = "SECRETWRONG"});
  ASSERT_TRUE(eventually([&] { return stage.shows("mongodbatlas_restore_target_up", {}, 0); }))
      << stage.daemon().err();

  const Documented document = documented();
  const Families shown = shown_on(stage.get("/metrics").value_or(""));
  ASSERT_GT(document.always.size(), 20U);
  for (const std::string& name : document.always) EXPECT_TRUE(shown.contains(name)) << name;
  for (const auto& [name, what] : shown) {
    EXPECT_TRUE(document.families.contains(name)) << name << " is not in docs/metrics.md";
  }
}

}  // namespace
}  // namespace restorewatch
