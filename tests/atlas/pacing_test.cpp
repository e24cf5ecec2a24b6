// When calls are sent, and what the budget is told.

#include <gtest/gtest.h>

#include "atlas/client_test_base.h"
#include "atlas/job_samples.h"
#include "atlas/rate_limits.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const CallBucket kCloudBackups{kProject, "cloud_backups"};
constexpr const char* kEmpty = R"({"results":[]})";

class PacingTest : public ClientTest {
 protected:
  PacingTest() { answer_always(200, kEmpty); }

  /// The kind of error that a list ends with, once it has ended; "-" until then.
  std::shared_ptr<std::string> start_list() {
    auto ending = std::make_shared<std::string>("-");
    client_.list(target(Source::Dedicated), {}, [this, ending](const Listing& listing) {
      *ending = listing.error ? std::string(label(listing.error->kind)) : "ok";
      if (listing.error) error_ = *listing.error;
    });
    return ending;
  }

  Error error_;
};

TEST_F(PacingTest, ACallWaitsForItsTime) {
  budget_.delay(milliseconds(250));
  const auto ending = start_list();
  loop_.run_for(milliseconds(249));
  EXPECT_EQ(transport_.requests().size(), 0U);
  loop_.run_for(milliseconds(1));
  EXPECT_EQ(transport_.requests().size(), 1U);
  EXPECT_EQ(*ending, "ok");
}

TEST_F(PacingTest, EveryPageAndEveryCredentialWaits) {
  transport_.set_script([](const HttpRequest& request) {
    const bool is_first = request.url.ends_with("pageNum=1");
    if (request.session == "first") return http(403, "");
    return http(200, is_first ? R"({"results":[],"links":[{"rel":"next"}]})" : kEmpty);
  });
  budget_.delay(seconds(1));
  client_.list(target(Source::Dedicated, ApiGeneration::V2, {"first", "second"}), {},
               [](const Listing&) {});
  loop_.run_for(seconds(1));
  EXPECT_EQ(logins(), (std::vector<std::string>{"first"}));
  loop_.run_for(seconds(1));
  EXPECT_EQ(logins(), (std::vector<std::string>{"first", "second"}));
  loop_.run_for(seconds(1));
  EXPECT_EQ(logins(), (std::vector<std::string>{"first", "second", "second"}));
}

TEST_F(PacingTest, ABucketThatIsHeldIsLeftAlone) {
  budget_.hold(kCloudBackups, clock_.steady_now() + milliseconds(2500));
  const auto ending = start_list();
  EXPECT_EQ(*ending, "-");
  loop_.run();
  EXPECT_EQ(*ending, "throttled");
  EXPECT_EQ(error_.retry_after, seconds(3));
  EXPECT_EQ(error_.detail, "Atlas asked to be left alone until 2026-08-10T09:42:03Z");
  EXPECT_EQ(transport_.requests().size(), 0U);
  EXPECT_TRUE(budget_.answers().empty());
}

TEST_F(PacingTest, AHoldThatBeginsMeanwhileStopsACallThatWaits) {
  budget_.delay(seconds(1));
  const auto ending = start_list();
  loop_.run();
  budget_.hold(kCloudBackups, clock_.steady_now() + seconds(60));
  loop_.run_for(seconds(1));
  EXPECT_EQ(*ending, "throttled");
  EXPECT_EQ(error_.retry_after, seconds(59));
  EXPECT_EQ(transport_.requests().size(), 0U);
}

TEST_F(PacingTest, TheBudgetIsToldOfEveryAnswer) {
  transport_.set_script([this](const HttpRequest&) {
    clock_.advance(milliseconds(70));
    return http(429, "", {{"retry-after", "9"}, {"ratelimit-remaining", "0"}});
  });
  budget_.delay(seconds(1));
  const SteadyTime due = clock_.steady_now() + seconds(1);
  const auto ending = start_list();
  loop_.run_for(seconds(1));
  EXPECT_EQ(*ending, "throttled");
  ASSERT_EQ(budget_.answers().size(), 1U);
  const OpenBudget::Answer& answer = budget_.answers().front();
  EXPECT_EQ(answer.bucket, kCloudBackups);
  EXPECT_EQ(answer.sent, due);
  EXPECT_TRUE(answer.news.throttled);
  EXPECT_EQ(answer.news.retry_after, seconds(9));
  EXPECT_EQ(answer.news.remaining, 0.0);
}

TEST_F(PacingTest, ARequestWithoutAnAnswerTellsNothing) {
  transport_.set_script([](const HttpRequest&) { return Error{ErrorKind::Unreachable, "no"}; });
  const auto ending = start_list();
  loop_.run();
  EXPECT_EQ(*ending, "unreachable");
  EXPECT_TRUE(budget_.answers().empty());
}

TEST_F(PacingTest, CallsAreCountedWhereAtlasCountsThem) {
  for (const Source source : {Source::Dedicated, Source::Flex, Source::Collection}) {
    EXPECT_TRUE(list(target(source)).complete());
    EXPECT_EQ(budget_.asked().back(), client_.bucket_of(target(source)));
  }
  static_cast<void>(get(target(Source::Flex), fixture_id(1)));
  const auto none = [](const auto&) {};
  client_.directory().list_projects("second", none);
  client_.directory().list_projects("third", none);
  client_.directory().list_clusters({parse_object_id(kProject).value(), {"first"}}, none);
  loop_.run();
  EXPECT_EQ(budget_.asked(), (std::vector<CallBucket>{{kProject, "cloud_backups"},
                                                      {kProject, "flex_restore_jobs"},
                                                      {kProject, "cloud_backups"},
                                                      {kProject, "flex_restore_jobs"},
                                                      {"second", "projects"},
                                                      {"6a79a0015f1c2b3d4e5f6070", "organizations"},
                                                      {kProject, "clusters"},
                                                      {kProject, "flex_clusters"}}));
}

TEST_F(PacingTest, EveryBucketButThatOfARetiredTierHasADocumentedLimit) {
  for (const std::string_view set : {"cloud_backups", "flex_restore_jobs", "clusters",
                                     "flex_clusters", "projects", "organizations"}) {
    ASSERT_TRUE(documented_limit(set)) << set;
    EXPECT_GT(documented_limit(set)->capacity, documented_limit(set)->refill_a_minute);
  }
  EXPECT_EQ(documented_limit("clusters"), (RateLimit{10'000, 5000}));
  EXPECT_EQ(documented_limit("organizations"), (RateLimit{500, 250}));
  EXPECT_FALSE(documented_limit("serverless"));
}

}  // namespace
}  // namespace restorewatch
