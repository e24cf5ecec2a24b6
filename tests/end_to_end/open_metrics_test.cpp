// The page in OpenMetrics, read by others: by the reference parser, and by Prometheus, which asks
// for it first.

#include <gtest/gtest.h>

#include <fstream>

#include "bench/page_samples.h"
#include "end_to_end/stage.h"

namespace restorewatch {
namespace {

constexpr const char* kAccept = "application/openmetrics-text";

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: "prod \"payments\" \\ eu"
    clusters:
      - name: prod-a
        jobs:
          - {at: -30d, takes: 5m, end: completed}
          - {at: -20d, takes: 5m, end: failed}
          - {at: 0s, takes: 1s, every: 1s, count: 300, end: completed}
      - {name: bare, backup_enabled: false}
)";
constexpr const char* kMore =
    "metrics: {per_job_series: true}\n"
    "objectives: [{cluster: \"*\", drill_interval: 30d, restore_duration: 90s}]\n";

struct PageInBoth {
  std::string text;
  std::string open_metrics;
};

/// What the reference parsers make of them; empty where that is the same.
std::string difference(const PageInBoth& page, const TemporaryFolder& folder) {
  std::ofstream(folder.file("page.txt")) << page.text;
  std::ofstream(folder.file("page.openmetrics")) << page.open_metrics;
  Child check({RW_SOURCE_DIR "/tests/metrics/same_samples", folder.file("page.txt"),
               folder.file("page.openmetrics")},
              folder.file("same_samples"));
  const bool is_same = check.wait(std::chrono::seconds(60)) == 0;
  return is_same ? "" : "the formats differ: " + check.out() + check.err();
}

/// One page in both formats: another one may come between two requests.
PageInBoth same_page(const Stage& stage) {
  PageInBoth page;
  eventually([&] {
    page.text = stage.get("/metrics").value_or("");
    page.open_metrics = stage.get("/metrics", kAccept).value_or("");
    return !page.text.empty() && page.text == stage.get("/metrics");
  });
  return page;
}

TEST(OpenMetrics, TheReferenceParserReadsThePageOfADaemonAsItReadsTheTextFormat) {
  Stage stage(Login::ServiceAccount, kScenario);
  stage.start_daemon({.more = kMore});
  ASSERT_TRUE(eventually([&] {
    return stage.shows("mongodbatlas_restore_jobs_finished_total", {"outcome=\"completed\""}, 3);
  })) << stage.daemon().err();
  const PageInBoth page = same_page(stage);
  EXPECT_NE(page.text, page.open_metrics);
  EXPECT_EQ(difference(page, stage.folder()), "");
}

TEST(OpenMetrics, TheReferenceParserReadsThePageOfALargeFleetAsItReadsTheTextFormat) {
  const TemporaryFolder folder;
  const Pages pages = PageMaker().make(SampleFleet(1000).snapshot(), {});
  ASSERT_GT(pages.text.parts().size(), 100U);
  EXPECT_EQ(difference({pages.text.whole(), pages.open_metrics.whole()}, folder), "");
}

TEST(OpenMetrics, PrometheusTakesItAsTheBoundsOfHistogramsTell) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.more = kMore});
  stage.start_prometheus();
  const std::string buckets = "mongodbatlas_restore_duration_seconds_bucket{kind=\"restore\",";
  EXPECT_TRUE(eventually([&] { return stage.query(buckets + "le=\"60.0\"}").size() == 1; }));
  EXPECT_TRUE(stage.query(buckets + "le=\"60\"}").empty());
  EXPECT_EQ(stage.query("up"), (SeriesMap{{"", 1}}));
}

}  // namespace
}  // namespace restorewatch
