#include "metrics/renderer.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <set>
#include <thread>

#include "fakes/fake_clock.h"
#include "metrics/encoder.h"
#include "metrics/self_families.h"

namespace restorewatch {
namespace {

/// A clock that tells the test when the renderer has finished a page: it reads the clock twice.
class CountingClock final : public Clock {
 public:
  WallTime wall_now() const override { return clock_.wall_now(); }
  SteadyTime steady_now() const override {
    const std::lock_guard lock(mutex_);
    ++reads_;
    changed_.notify_all();
    return clock_.steady_now();
  }
  void wait_for_reads(int count) const {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(changed_.wait_for(lock, std::chrono::seconds(20), [&] { return reads_ >= count; }));
  }

 private:
  ManualClock clock_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable int reads_ = 0;
};

TEST(RendererTest, MakesAPageOnItsThreadForEachSnapshotThatItGetsTo) {
  const CountingClock clock;
  Telemetry telemetry;
  Renderer renderer(clock, telemetry);
  EXPECT_EQ(renderer.page(), nullptr);
  {
    const std::jthread thread([&](const std::stop_token& stop) { renderer.run(stop); });
    renderer.submit(std::make_shared<const Snapshot>());
    clock.wait_for_reads(2);
  }
  ASSERT_NE(renderer.page(), nullptr);
  EXPECT_NE(renderer.page()->find("restorewatch_page_bytes"), std::string::npos);
}

TEST(RendererTest, StopsWhileItWaits) {
  const ManualClock clock;
  Telemetry telemetry;
  Renderer renderer(clock, telemetry);
  const std::jthread thread([&](const std::stop_token& stop) { renderer.run(stop); });
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
