#include "app/own_troubles.h"

#include <gtest/gtest.h>

#include "app/reload.h"
#include "base/clock.h"
#include "store/store_metrics.h"
#include "web/file_access.h"

namespace restorewatch {
namespace {

using Sentences = std::vector<std::string>;

TEST(OwnTroublesTest, ThereAreNoneWhileAllInstrumentsAreGood) {
  Telemetry telemetry;
  EXPECT_EQ(own_troubles(telemetry), Sentences{});
  telemetry.gauge("restorewatch_atlas_reachable", "").Add({}).Set(1);
  telemetry.gauge("restorewatch_credential_up", "").Add({{"credential", "main"}}).Set(1);
  // What once was is not wrong now.
  telemetry.counter("restorewatch_events_parked_total", "").Add({{"sink", "pager"}}).Increment();
  telemetry.gauge("restorewatch_targets", "").Add({}).Set(0);
  EXPECT_EQ(own_troubles(telemetry), Sentences{});
}

TEST(OwnTroublesTest, EachBadInstrumentIsASentenceThatNamesWhatItIsAbout) {
  Telemetry telemetry;
  auto& credentials = telemetry.gauge("restorewatch_credential_up", "");
  credentials.Add({{"credential", "main"}}).Set(1);
  credentials.Add({{"credential", "legacy"}}).Set(0);
  const Sentences troubles = own_troubles(telemetry);
  ASSERT_EQ(troubles.size(), 1U);
  EXPECT_EQ(troubles[0], "Atlas does not accept the credential legacy.");
}

/// By the parts themselves, so that a renamed instrument does not go unnoticed.
TEST(OwnTroublesTest, HearsTheStoreAndReloads) {
  const SystemClock clock;
  Telemetry telemetry;
  StoreMetrics store(telemetry, "none");
  Reload reload({clock, telemetry, Log(clock, {}), {}, {}});
  store.show_writable(true);
  EXPECT_EQ(own_troubles(telemetry), Sentences{});
  store.show_writable(false);
  EXPECT_EQ(own_troubles(telemetry).size(), 1U);
  reload.run();  // there is nothing to read
  EXPECT_EQ(own_troubles(telemetry).size(), 2U);
}

TEST(OwnTroublesTest, HearsTheWebFile) {
  const SystemClock clock;
  Telemetry telemetry;
  WebReading reading{WebRules{}, {}, {}};
  const auto access = FileAccess::create(
      {clock, telemetry, Log(), [&] { return reading; }, [](auto&, auto&) { return false; }});
  ASSERT_TRUE(access);
  (*access)->look();
  EXPECT_EQ(own_troubles(telemetry), Sentences{});
  reading = {{}, {"web.yaml:1:1: bad"}, {}};
  (*access)->look();
  EXPECT_EQ(own_troubles(telemetry),
            Sentences{"The web configuration, or a certificate or key, cannot be used; the one "
                      "before is."});
}

}  // namespace
}  // namespace restorewatch
