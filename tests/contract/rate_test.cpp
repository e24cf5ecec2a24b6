// Throttled by the fake Atlas: what the client makes of each form of a 429, and the real budget
// between them.

#include "contract/contract_test_base.h"
#include "poller/call_gate.h"

namespace restorewatch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const CallBucket kShopBackups{kShop, "cloud_backups"};
const std::string kProjects =
    "projects:\n- {id: " + std::string(kShop) + ", name: shop, clusters: [{name: prod}]}\n";

struct Form {
  std::string_view name;
  std::string throttle;
  std::optional<seconds> retry_after;
  std::optional<RateLimit> limit;
};

class ThrottledTest : public ContractTest, public testing::WithParamInterface<Form> {};

TEST_P(ThrottledTest, TheBudgetIsToldWhatTheAnswerSays) {
  const Form& form = GetParam();
  open("rate_limit: {capacity: 1, refill: 1, per: 90s}\nthrottle: " + form.throttle + "\n" +
       kProjects);
  EXPECT_TRUE(list(target("prod", Source::Dedicated)).complete());
  const Listing listing = list(target("prod", Source::Collection));  // the same bucket
  EXPECT_EQ(ending(listing), "throttled");
  EXPECT_EQ(listing.error->retry_after, form.retry_after);
  ASSERT_EQ(budget_.answers().size(), 2U);
  const OpenBudget::Answer& answer = budget_.answers().back();
  EXPECT_EQ(answer.bucket, kShopBackups);
  EXPECT_TRUE(answer.news.throttled);
  EXPECT_EQ(answer.news.retry_after, form.retry_after);
  EXPECT_EQ(answer.news.limit, form.limit);
}

const RateLimit kTwoInThreeMinutes{1, 60.0 / 90};

INSTANTIATE_TEST_SUITE_P(
    Forms, ThrottledTest,
    testing::Values(Form{"Usual", "{}", seconds(90), kTwoInThreeMinutes},
                    Form{"NoHeaders", "{headers: false}", seconds(90), kTwoInThreeMinutes},
                    Form{"Older", "{body: rate_limited}", seconds(120), {}},
                    Form{
                        "OlderNoHeaders", "{body: rate_limited, headers: false}", seconds(120), {}},
                    Form{"Empty", "{body: empty}", seconds(90), {}},
                    Form{"EmptyNoHeaders", "{body: empty, headers: false}", {}, {}}),
    [](const auto& form) { return std::string(form.param.name); });

TEST_F(ContractTest, TheLimitsOfAProjectAreRead) {
  open("rate_limits: {clusters: {capacity: 70, refill: 30, per: 90s}}\n" + kProjects);
  const auto limits = result_of<Result<std::vector<SetLimit>>>([&](auto done) {
    client_->read_limits(parse_object_id(kShop).value(), {"main"}, std::move(done));
  });
  ASSERT_TRUE(limits) << limits.error().detail;
  EXPECT_EQ(*limits, (std::vector<SetLimit>{{"cloud_backups", {1200, 500}},
                                            {"flex_restore_jobs", {1200, 500}},
                                            {"clusters", {70, 20}},
                                            {"flex_clusters", {1200, 500}}}));
  ASSERT_EQ(budget_.asked().size(), 1U);
  EXPECT_EQ(budget_.asked()[0], (CallBucket{"main", "rate_limits"}));
}

/// The client with the budget that the daemon has, asking all the time.
class PacedTest : public ContractTest {
 protected:
  void open_paced(const std::string& scenario) {
    open(scenario);
    gate_ = std::make_unique<CallGate>(RateBudget::Options{0.5,
                                                           [](std::string_view) {
                                                             return RateLimit{1200, 500};
                                                           },
                                                           1},
                                       CallGate::Deps{clock_, telemetry_, Log()});
    AtlasOptions options;
    options.base_url = kContractUrl;
    options.credentials.push_back({"main", ApiKey{"public", Secret("SECRETKEY")}, {}});
    paced_ = std::make_unique<AtlasClient>(
        options, AtlasClient::Deps{*atlas_, loop_, *gate_, clock_, telemetry_, Log()});
    ask_on();
  }

  /// A call as soon as the one before has ended, or when the bucket is free again.
  void ask_on() {
    paced_->list(target("prod", Source::Dedicated), {}, [this](const Listing& listing) {
      endings_[ending(listing)]++;
      const auto held = gate_->held_until(kShopBackups);
      loop_.at(held.value_or(clock_.steady_now()), [this] { ask_on(); });
    });
  }

  atlas_simulator::BucketCounts counts() const {
    return atlas_->atlas().counts().buckets.at("cloud_backups/" + std::string(kShop));
  }

  std::unique_ptr<CallGate> gate_;
  std::unique_ptr<AtlasClient> paced_;
  std::map<std::string, int> endings_;
};

TEST_F(PacedTest, NoMinuteHasMoreCallsThanOurShare) {
  open_paced(kProjects);
  loop_.run_for(minutes(10));
  EXPECT_LE(counts().busiest_minute, 252);  // half of 500, and one in a hundred
  EXPECT_GE(counts().calls, 2450);
  EXPECT_EQ(counts().refused, 0);
  EXPECT_EQ(endings_["throttled"], 0);
}

TEST_F(PacedTest, ABucketThatOthersDrainIsLeftAloneAndComesBack) {
  open_paced("rate_limit: {capacity: 50, refill: 500, per: 60s}\n" + kProjects);
  loop_.run_for(minutes(2));
  atlas_->atlas().drain({"shop", "cloud_backups", 1000});
  loop_.run_for(minutes(10));
  const auto drained = counts();
  EXPECT_GT(drained.refused, 0);
  EXPECT_LT(drained.refused, 40) << "asking on makes it no better";
  EXPECT_EQ(drained.impatient, 0);
  atlas_->atlas().drain({"shop", "cloud_backups", 0});
  loop_.run_for(minutes(12));  // a hold may have grown long by now
  const auto refused = counts().refused;
  const auto calls = counts().calls;
  loop_.run_for(minutes(2));
  EXPECT_EQ(counts().refused, refused);
  EXPECT_GT(counts().calls, calls);
  EXPECT_EQ(counts().impatient, 0);
}

}  // namespace
}  // namespace restorewatch
