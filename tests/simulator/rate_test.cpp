#include <yaml-cpp/yaml.h>

#include "simulator/api_fixture.h"
#include "simulator/control.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

const std::string kBucket = "cloud_backups/" + kProjectId;

std::string scenario(const std::string& settings) {
  return settings + "projects:\n- {id: " + kProjectId +
         ", name: shop, clusters: [{name: prod-a}]}\n";
}

BucketCounts counts(const StillAtlas& still) {
  return still.atlas.counts().buckets.at(kBucket);
}

TEST(RateTest, CountsTheBusiestMinuteWhereverItBegins) {
  StillAtlas still(scenario(""));
  const auto ask = [&](int times) {
    for (int i = 0; i < times; ++i) EXPECT_EQ(still.ask(get_request(kJobs)).status, 200);
  };
  ask(3);
  still.atlas.advance(59s);
  ask(2);
  still.atlas.advance(1s);  // the first three are a minute ago
  ask(2);
  EXPECT_EQ(counts(still).busiest_minute, 5);
  EXPECT_EQ(counts(still).calls, 7);
  EXPECT_EQ(counts(still).refused, 0);
}

TEST(RateTest, RefusedAndImpatientCallsAreCountedByBucket) {
  StillAtlas still(scenario("rate_limit: {capacity: 1, refill: 1, per: 60s}\n"));
  for (int i = 0; i < 3; ++i) still.ask(get_request(kJobs));
  EXPECT_EQ(counts(still).calls, 3);
  EXPECT_EQ(counts(still).refused, 2);
  EXPECT_EQ(counts(still).impatient, 1);
  Control control(
      still.atlas, [&] { return still.atlas.counts(); }, [] {});
  const auto body = YAML::Load(control.answer(get_request("/_sim/requests")).body);
  EXPECT_EQ(body["rate_limited"].as<int>(), 2);
  EXPECT_EQ(body["buckets"][0]["bucket"].as<std::string>(), kBucket);
  EXPECT_EQ(body["buckets"][0]["refused"].as<int>(), 2);
  EXPECT_EQ(body["buckets"][0]["busiest_minute"].as<int>(), 3);
}

TEST(RateTest, AnotherClientTakesWhatThereIs) {
  StillAtlas still(scenario("rate_limit: {capacity: 100, refill: 60, per: 60s}\n"));
  const auto left = [&] { return header(still.ask(get_request(kJobs)), "RateLimit-Remaining"); };
  EXPECT_EQ(left(), "99");
  Control control(
      still.atlas, [&] { return still.atlas.counts(); }, [] {});
  ApiRequest drain = get_request("/_sim/drain");
  drain.method = "POST";
  drain.body = "{project: shop, set: cloud_backups, calls_a_minute: 120}";
  EXPECT_EQ(control.answer(drain).status, 200);
  still.atlas.advance(30s);  // 30 came in, 60 were taken
  EXPECT_EQ(left(), "68");
  still.atlas.advance(600s);
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 429);
  drain.body = "{project: shop, set: cloud_backups, calls_a_minute: 0}";
  EXPECT_EQ(control.answer(drain).status, 200);
  still.atlas.advance(10s);
  EXPECT_EQ(left(), "9");
  EXPECT_EQ(counts(still).calls, 4) << "those of the other client are not ours";
}

TEST(RateTest, AScenarioMayBeginWithAnotherClient) {
  StillAtlas still(
      scenario("rate_limit: {capacity: 5, refill: 1, per: 60s}\n"
               "drains: [{project: shop, set: cloud_backups, calls_a_minute: 60}]\n"));
  still.atlas.advance(60s);
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 429);
}

TEST(RateTest, WhoCannotBeDrainedIsSaid) {
  StillAtlas still(scenario(""));
  EXPECT_THROW(still.atlas.drain({"nobody", "cloud_backups", 1}), ActionRefused);
  EXPECT_THROW(parse_drain("{project: shop, set: projects, calls_a_minute: 1}"), ScenarioError);
  EXPECT_THROW(parse_drain("{project: shop, set: clusters, calls_a_minute: -1}"), ScenarioError);
}

struct Form {
  std::string_view name;
  std::string throttle;
  std::string code;
  std::vector<std::string> parameters;  // but for the path
  std::string retry_after;
};

class ThrottleFormTest : public testing::TestWithParam<Form> {};

TEST_P(ThrottleFormTest, IsAsTheScenarioSays) {
  const Form& form = GetParam();
  StillAtlas still(scenario(
      "rate_limit: {capacity: 1, refill: 1, per: 90s}\nthrottle: " + form.throttle + "\n"));
  const Answer first = still.ask(get_request(kJobs));
  EXPECT_EQ(header(first, "RateLimit-Limit"), form.retry_after.empty() ? "" : "1");
  const Answer answer = still.ask(get_request(kJobs));
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(header(answer, "Retry-After"), form.retry_after);
  const auto body = YAML::Load(answer.body);
  if (form.code.empty()) {
    EXPECT_EQ(answer.body, "");
  } else {
    EXPECT_EQ(body["errorCode"].as<std::string>(), form.code);
    auto parameters = body["parameters"].as<std::vector<std::string>>();
    parameters.erase(parameters.begin());
    EXPECT_EQ(parameters, form.parameters);
  }
  still.ask(get_request(kJobs));
  const bool was_told = !form.code.empty() || !form.retry_after.empty();
  EXPECT_EQ(counts(still).impatient, was_told ? 1 : 0);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ThrottleFormTest,
    testing::Values(Form{"Usual", "{}", "RATE_LIMITED_TOKEN_BUCKET", {"90", "1", "1", "90"}, "90"},
                    Form{"NoHeaders",
                         "{headers: false}",
                         "RATE_LIMITED_TOKEN_BUCKET",
                         {"90", "1", "1", "90"},
                         ""},
                    Form{"Older", "{body: rate_limited}", "RATE_LIMITED", {"1", "2"}, "90"},
                    Form{"OlderNoHeaders",
                         "{body: rate_limited, headers: false}",
                         "RATE_LIMITED",
                         {"1", "2"},
                         ""},
                    Form{"Empty", "{body: empty}", "", {}, "90"},
                    Form{"EmptyNoHeaders", "{body: empty, headers: false}", "", {}, ""}),
    [](const auto& form) { return std::string(form.param.name); });

}  // namespace
}  // namespace atlas_simulator
