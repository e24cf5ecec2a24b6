#include "metrics/renderer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "bench/page_samples.h"
#include "fakes/fake_clock.h"
#include "metrics/plain_page.h"
#include "metrics/self_families.h"

namespace restorewatch {
namespace {

class RendererTest : public testing::Test {
 protected:
  /// Does what a thread would, until there is nothing to do.
  void work() {
    std::stop_source stopped;
    stopped.request_stop();
    renderer_.run(stopped.get_token());
  }

  void submit() { renderer_.submit(std::make_shared<const Snapshot>()); }

  ManualClock clock_;
  Telemetry telemetry_;
  Renderer renderer_{clock_, telemetry_};
};

TEST_F(RendererTest, MakesAPageOnItsThread) {
  EXPECT_FALSE(renderer_.page(PageFormat::Text));
  {
    const std::jthread thread([&](const std::stop_token& stop) { renderer_.run(stop); });
    submit();
  }
  ASSERT_TRUE(renderer_.page(PageFormat::Text));
  for (const PageFormat format : {PageFormat::Text, PageFormat::OpenMetrics}) {
    const std::string page = renderer_.page(format)->whole();
    EXPECT_NE(page.find("restorewatch_page_bytes"), std::string::npos);
    EXPECT_EQ(page.ends_with("# EOF\n"), format == PageFormat::OpenMetrics);
  }
}

TEST_F(RendererTest, CompressesOnlyWhenSomebodyHasAskedForIt) {
  EXPECT_FALSE(renderer_.gzipped_page(PageFormat::Text));  // of no page yet
  clock_.advance(Renderer::kGzipFor);
  submit();
  work();
  EXPECT_FALSE(renderer_.gzipped_page(PageFormat::Text));
  work();
  const auto gzipped = renderer_.gzipped_page(PageFormat::Text);
  ASSERT_TRUE(gzipped);
  EXPECT_TRUE(gzipped->whole().starts_with("\x1f\x8b\x08"));
}

TEST_F(RendererTest, EachPageHasItsOwnGzipWhileThatIsAskedFor) {
  renderer_.gzipped_page(PageFormat::Text);
  submit();
  work();
  const auto first = renderer_.gzipped_page(PageFormat::Text);
  ASSERT_TRUE(first);
  clock_.advance(Renderer::kGzipFor - std::chrono::milliseconds(1));
  submit();
  work();
  const auto second = renderer_.gzipped_page(PageFormat::Text);
  ASSERT_TRUE(second);
  EXPECT_NE(first->parts(), second->parts());
}

TEST_F(RendererTest, CompressesOnlyTheFormatThatIsAskedForCompressed) {
  renderer_.gzipped_page(PageFormat::OpenMetrics);
  submit();
  work();
  const auto gzipped = renderer_.gzipped_page(PageFormat::OpenMetrics);
  ASSERT_TRUE(gzipped);
  EXPECT_FALSE(renderer_.gzipped_page(PageFormat::Text));
  work();
  const auto other = renderer_.gzipped_page(PageFormat::Text);
  ASSERT_TRUE(other);
  EXPECT_NE(other->whole(), gzipped->whole());
}

TEST_F(RendererTest, StopsCompressingWhenNobodyHasAskedForLong) {
  renderer_.gzipped_page(PageFormat::Text);
  submit();
  work();
  const auto before = renderer_.gzipped_page(PageFormat::Text);
  ASSERT_TRUE(before);
  clock_.advance(Renderer::kGzipFor);
  submit();
  work();
  EXPECT_EQ(before->parts().front().use_count(), 1);  // its memory is the last reader's
  EXPECT_FALSE(renderer_.gzipped_page(PageFormat::Text));
}

/// Pages share parts, but none changes under the eyes of a reader.
TEST_F(RendererTest, WhoReadsWhilePagesAreMadeSeesWholePages) {
  SampleFleet fleet(50);
  renderer_.submit(fleet.snapshot());
  work();
  const auto slowly_read = renderer_.page(PageFormat::Text);
  const std::string copy = slowly_read->whole();
  std::atomic<bool> is_whole = true;
  const std::jthread render([&](const std::stop_token& stop) { renderer_.run(stop); });
  const std::jthread reader([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto page = renderer_.page(PageFormat::Text);
      renderer_.gzipped_page(PageFormat::Text);
      if (page && times("cluster_name=", page->whole()) != 50 * kSeriesPerCluster) is_whole = false;
    }
  });
  for (int i = 0; i < 200; ++i) {
    const auto before = renderer_.page(PageFormat::Text);
    fleet.look_at(3);
    renderer_.submit(fleet.snapshot());
    while (renderer_.page(PageFormat::Text)->parts() == before->parts()) std::this_thread::yield();
  }
  EXPECT_TRUE(is_whole);
  EXPECT_EQ(slowly_read->whole(), copy);
}

TEST_F(RendererTest, StopsWhileItWaits) {
  const std::jthread thread([&](const std::stop_token& stop) { renderer_.run(stop); });
}

TEST(SelfFamiliesTest, LabelsAreInOrderAndHistogramsKeepTheirBuckets) {
  Telemetry telemetry;
  telemetry.counter("c_total", "help").Add({{"z", "1"}, {"a", "2"}}).Increment(3);
  telemetry.histogram("h_seconds", "help")
      .Add({}, prometheus::Histogram::BucketBoundaries{1, 2})
      .Observe(1.5);
  EXPECT_EQ(encode_text(self_families(telemetry)),
            "# HELP c_total help\n# TYPE c_total counter\nc_total{a=\"2\",z=\"1\"} 3\n"
            "# HELP h_seconds help\n# TYPE h_seconds histogram\n"
            "h_seconds_bucket{le=\"1\"} 0\nh_seconds_bucket{le=\"2\"} 1\n"
            "h_seconds_bucket{le=\"+Inf\"} 1\nh_seconds_sum 1.5\nh_seconds_count 1\n");
}

TEST(ProcessFamiliesTest, TellWhatThisProcessUses) {
  std::set<std::string> names;
  for (const Family& family : process_families()) {
    names.insert(family.name);
    EXPECT_GT(family.series.at(0).value, family.name == "process_cpu_seconds_total" ? -1 : 0)
        << family.name;
  }
  EXPECT_EQ(names, (std::set<std::string>{"process_cpu_seconds_total", "process_max_fds",
                                          "process_open_fds", "process_resident_memory_bytes",
                                          "process_start_time_seconds", "process_threads",
                                          "process_virtual_memory_bytes"}));
}

}  // namespace
}  // namespace restorewatch
