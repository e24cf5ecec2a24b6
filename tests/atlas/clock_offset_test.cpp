#include "atlas/clock_offset.h"

#include <fmt/format.h>

#include "atlas/atlas_client.h"
#include "atlas/atlas_test_base.h"

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class ClockOffsetTest : public AtlasTest {
 protected:
  ClockOffsetTest() {
    transport_.set_script([this](const HttpRequest&) {
      ++asked_;
      return http(200, page(), {{"date", date_}});
    });
  }

  /// The first of two pages, or the second.
  std::string page() const {
    const std::string next = R"("links":[{"rel":"next","href":"https://elsewhere/"}])";
    return asked_ == 1 && two_pages_ ? "{" + next +
                                           R"(,"results":[{"id":"6a79a0005f1c2b3d4e5f6072",)"
                                           R"("deliveryType":"automated"}]})"
                                     : R"({"results":[]})";
  }

  Listing list() {
    std::optional<Listing> result;
    const Target target{{*parse_object_id("6a79a0005f1c2b3d4e5f6071"), "orders", Source::Dedicated},
                        "shop",
                        {"key"}};
    client_.list(target, {}, [&](Listing listing) { result = std::move(listing); });
    loop_.run();
    return std::move(result).value_or(Listing{});
  }

  static AtlasOptions options() {
    AtlasOptions options;
    options.base_url = kBaseUrl;
    options.page_size = 1;
    options.credentials = {{"key", ApiKey{"public", Secret("hunter2-key")}}};
    return options;
  }

  std::string date_ = "Mon, 10 Aug 2026 09:42:00 GMT";  // the time that the test's clock shows
  bool two_pages_ = false;
  int asked_ = 0;
  AtlasClient client_{options(), {transport_, loop_, budget_, clock_, telemetry_, Log()}};
};

TEST_F(ClockOffsetTest, IsUnknownUntilAnAnswerTells) {
  EXPECT_EQ(client_.clock_offset(), std::nullopt);
  date_ = "yesterday";
  EXPECT_EQ(list().served_at, std::nullopt);
  EXPECT_EQ(client_.clock_offset(), std::nullopt);
  EXPECT_TRUE(std::isnan(metric("restorewatch_clock_offset_seconds", {})));
}

TEST_F(ClockOffsetTest, IsAtlassClockMinusOurs) {
  date_ = "Mon, 10 Aug 2026 10:42:00 GMT";
  list();
  EXPECT_EQ(client_.clock_offset(), hours(1) + milliseconds(510));  // half of what is not told
  EXPECT_DOUBLE_EQ(metric("restorewatch_clock_offset_seconds", {}), 3600.51);
}

TEST_F(ClockOffsetTest, AJumpOfOurClockShowsAtOnce) {
  list();
  clock_.advance(minutes(10));
  EXPECT_EQ(client_.clock_offset(), milliseconds(510));
  clock_.jump(hours(3));
  EXPECT_EQ(client_.clock_offset(), milliseconds(510) - hours(3));
}

TEST_F(ClockOffsetTest, AListIsServedWhenItsFirstPageIs) {
  two_pages_ = true;
  transport_.set_script([this](const HttpRequest&) {
    ++asked_;
    return http(200, page(), {{"date", fmt::format("Mon, 10 Aug 2026 09:42:0{} GMT", asked_)}});
  });
  const Listing listing = list();
  EXPECT_EQ(asked_, 2);
  EXPECT_EQ(listing.served_at, parse_time("2026-08-10T09:42:01Z"));
}

TEST_F(ClockOffsetTest, TheDateOfAnErrorIsNotBelieved) {
  transport_.set_script([](const HttpRequest&) {  // a proxy's own
    return http(502, "", {{"date", "Thu, 01 Jan 1970 00:00:00 GMT"}});
  });
  EXPECT_EQ(list().served_at, std::nullopt);
  EXPECT_EQ(client_.clock_offset(), std::nullopt);
}

TEST_F(ClockOffsetTest, IsSaidOnceWhenItIsBadAndOnceWhenItIsGoodAgain) {
  Telemetry telemetry;
  ApiMetrics metrics(telemetry);
  testing::internal::CaptureStderr();
  ClockOffset offset(clock_, metrics, Log(clock_, LogOptions()));
  const auto hear = [&](std::string date) {
    offset.heard(http(200, "", {{"date", std::move(date)}}));
  };
  for (int i = 0; i < 3; ++i) hear("Mon, 10 Aug 2026 09:42:25 GMT");  // good enough
  for (int i = 0; i < 3; ++i) hear("Mon, 10 Aug 2026 09:40:00 GMT");
  for (int i = 0; i < 3; ++i) hear("Mon, 10 Aug 2026 09:42:00 GMT");
  const std::string told = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::ranges::count(told, '\n'), 2) << told;
  const auto bad = told.find("clocks differ");
  EXPECT_NE(bad, std::string::npos) << told;
  EXPECT_GT(told.find("clocks agree again"), bad) << told;
  EXPECT_NE(told.find("atlas_ahead_seconds=-119"), std::string::npos) << told;
}

}  // namespace
}  // namespace restorewatch
