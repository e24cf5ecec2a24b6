#include "app/own_troubles.h"

#include <gtest/gtest.h>

#include "app/reload.h"
#include "base/clock.h"
#include "events/sink_metrics.h"
#include "store/store_metrics.h"

namespace restorewatch {
namespace {

using Sentences = std::vector<std::string>;

TEST(OwnTroublesTest, ThereAreNoneWhileAllInstrumentsAreGood) {
  Telemetry telemetry;
  EXPECT_EQ(own_troubles(telemetry), Sentences{});
  telemetry.gauge("restorewatch_atlas_reachable", "").Add({}).Set(1);
  telemetry.gauge("restorewatch_credential_up", "").Add({{"credential", "main"}}).Set(1);
  telemetry.counter("restorewatch_events_parked_total", "").Add({{"sink", "pager"}});
  telemetry.gauge("restorewatch_targets", "").Add({}).Set(0);
  EXPECT_EQ(own_troubles(telemetry), Sentences{});
}

TEST(OwnTroublesTest, EachBadInstrumentIsASentenceThatNamesWhatItIsAbout) {
  Telemetry telemetry;
  auto& credentials = telemetry.gauge("restorewatch_credential_up", "");
  credentials.Add({{"credential", "main"}}).Set(1);
  credentials.Add({{"credential", "legacy"}}).Set(0);
  telemetry.counter("restorewatch_events_parked_total", "").Add({{"sink", "pager"}}).Increment();
  const Sentences troubles = own_troubles(telemetry);
  ASSERT_EQ(troubles.size(), 2U);
  EXPECT_EQ(troubles[0], "Atlas does not accept the credential legacy.");
  EXPECT_EQ(troubles[1], "Events were given up since the receiver pager did not take them.");
}

/// By the parts themselves, so that a renamed instrument does not go unnoticed.
TEST(OwnTroublesTest, HearsTheStoreTheSinksAndReloads) {
  const SystemClock clock;
  Telemetry telemetry;
  StoreMetrics store(telemetry, "none");
  SinkMetrics log(telemetry, "log");
  Reload reload({clock, telemetry, Log(clock, {}), {}, {}});
  store.show_writable(true);
  EXPECT_EQ(own_troubles(telemetry), Sentences{});
  store.show_writable(false);
  EXPECT_EQ(own_troubles(telemetry).size(), 1U);
  log.count_lost(3);
  log.count_parked();
  EXPECT_EQ(own_troubles(telemetry).size(), 3U);
  reload.run();  // there is nothing to read
  EXPECT_EQ(own_troubles(telemetry).size(), 4U);
}

}  // namespace
}  // namespace restorewatch
