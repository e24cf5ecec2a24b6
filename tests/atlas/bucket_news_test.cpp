// What a throttled answer says, in both of its bodies, with and without headers.

#include "atlas/bucket_news.h"

#include <gtest/gtest.h>

#include <ostream>

#include "atlas/fixture.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;
using Headers = std::map<std::string, std::string, std::less<>>;

const WallTime kNow = parse_time("2026-08-10T09:42:00Z").value();

struct Row {
  std::string_view name;
  int status = 429;
  std::string body{};
  Headers headers{};
  BucketNews news{};
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class BucketNewsTest : public testing::TestWithParam<Row> {};

TEST_P(BucketNewsTest, AreWhatTheAnswerSays) {
  const Row& row = GetParam();
  const HttpResponse response{row.status, row.headers, row.body, {}};
  const ApiError failure = read_api_error(response, kNow);
  const BucketNews news = bucket_news(response, row.status == 200 ? nullptr : &failure);
  EXPECT_EQ(news.capacity, row.news.capacity);
  EXPECT_EQ(news.remaining, row.news.remaining);
  EXPECT_EQ(news.throttled, row.news.throttled);
  EXPECT_EQ(news.retry_after, row.news.retry_after);
  ASSERT_EQ(news.limit.has_value(), row.news.limit.has_value());
  if (!news.limit) return;
  EXPECT_DOUBLE_EQ(news.limit->capacity, row.news.limit->capacity);
  EXPECT_DOUBLE_EQ(news.limit->refill_a_minute, row.news.limit->refill_a_minute);
}

std::string bucket_body(const std::string& numbers) {
  return R"({"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":["api/x")" + numbers + "]}";
}

std::string older_body(const std::string& numbers) {
  return R"({"errorCode":"RATE_LIMITED","parameters":["api/x")" + numbers + "]}";
}

BucketNews throttled(std::optional<seconds> wait = {}, std::optional<RateLimit> limit = {}) {
  BucketNews news;
  news.throttled = true;
  news.retry_after = wait;
  news.limit = limit;
  return news;
}

BucketNews with_headers(BucketNews news, std::optional<double> capacity,
                        std::optional<double> remaining) {
  news.capacity = capacity;
  news.remaining = remaining;
  return news;
}

Headers rate_headers(const std::string& limit, const std::string& remaining) {
  return {{"ratelimit-limit", limit}, {"ratelimit-remaining", remaining}};
}

const std::string kBig = "99999999999999999999";
constexpr seconds kDay{86'400};

INSTANTIATE_TEST_SUITE_P(
    Forms, BucketNewsTest,
    testing::Values(
        Row{"Success", 200, "", rate_headers("1200", "7"), with_headers({}, 1200, 7)},
        Row{"SuccessWithoutHeaders", 200},
        Row{"NotFound", 404, "", rate_headers("1200", "0"), with_headers({}, 1200, 0)},
        Row{"NothingButTheStatus", 429, "", {}, throttled()},
        Row{"Seconds", 429, "", {{"retry-after", "9"}}, throttled(seconds(9))},
        Row{"SecondsBeyondCounting", 429, "", {{"retry-after", kBig}}, throttled(kDay)},
        Row{"SecondsNegative", 429, "", {{"retry-after", "-" + kBig}}, throttled()},
        Row{"SecondsAndMore", 429, "", {{"retry-after", "9s"}}, throttled()},
        Row{"DateByItsOwnClock",
            429,
            "",
            {{"retry-after", "Mon, 10 Aug 2026 08:00:30 GMT"},
             {"date", "Mon, 10 Aug 2026 08:00:00 GMT"}},
            throttled(seconds(30))},
        Row{"DateByOurClock",
            429,
            "",
            {{"retry-after", "Mon, 10 Aug 2026 09:42:30 GMT"}, {"date", "now"}},
            throttled(seconds(30))},
        Row{"Bucket",
            429,
            bucket_body(",55,10,5,60"),
            {},
            throttled(seconds(55), RateLimit{10, 5})},
        Row{"BucketInTexts",
            429,
            bucket_body(R"(,"55","10","5","30")"),
            {},
            throttled(seconds(55), RateLimit{10, 10})},
        Row{"BucketWithHeaders",
            429,
            bucket_body(",55,10,5,60"),
            {{"retry-after", "56"}, {"ratelimit-limit", "10"}, {"ratelimit-remaining", "0"}},
            with_headers(throttled(seconds(56), RateLimit{10, 5}), 10, 0)},
        Row{"BucketAsksForMoreThanTheHeader",
            429,
            bucket_body(",55,10,5,60"),
            {{"retry-after", "9"}},
            throttled(seconds(55), RateLimit{10, 5})},
        Row{"BucketOfFractions",
            429,
            bucket_body(",54.2,10,5,60"),
            {},
            throttled(seconds(55), RateLimit{10, 5})},
        Row{"BucketCutShort", 429, bucket_body(",55,10"), {}, throttled(seconds(55))},
        Row{"BucketWithoutNumbers", 429, bucket_body(""), {}, throttled()},
        Row{"BucketOfNothing", 429, bucket_body(",55,0,5,60"), {}, throttled(seconds(55))},
        Row{"BucketThatNeverFills", 429, bucket_body(",55,10,0,60"), {}, throttled(seconds(55))},
        Row{"BucketNegative", 429, bucket_body(",-55,-10,5,60"), {}, throttled()},
        Row{"BucketHuge",
            429,
            bucket_body("," + kBig + "," + kBig + "," + kBig + ",60"),
            {},
            throttled()},
        Row{"BucketInNoTime", 429, bucket_body(",55,10,5,0"), {}, throttled(seconds(55))},
        Row{"BucketOfWrongTypes", 429, bucket_body(R"(,null,[10],{"a":5},true)"), {}, throttled()},
        Row{"BucketOfNaN", 429, bucket_body(R"(,"NaN","inf","1e3","60")"), {}, throttled()},
        Row{"Older", 429, older_body(",10,2"), {}, throttled(seconds(120))},
        Row{"OlderWithHeader",
            429,
            older_body(",10,2"),
            {{"retry-after", "9"}},
            throttled(seconds(120))},
        Row{"OlderWithLongerHeader",
            429,
            older_body(",10,2"),
            {{"retry-after", "121"}},
            throttled(seconds(121))},
        Row{"OlderInTexts", 429, older_body(R"(,"10","1")"), {}, throttled(seconds(60))},
        Row{"OlderCutShort", 429, older_body(",10"), {}, throttled()},
        Row{"OlderNegative", 429, older_body(",10,-1"), {}, throttled()},
        Row{"OlderForWeeks", 429, older_body(",10,50000"), {}, throttled(kDay)},
        Row{"Unavailable", 503, "", {{"retry-after", "9"}}, throttled(seconds(9))},
        Row{"UnavailableAtOnce", 503, "", rate_headers("1200", "3"), with_headers({}, 1200, 3)},
        Row{"BrokenWithRetryAfter", 500, "", {{"retry-after", "9"}}, {}},
        Row{"HeadersOfNothing", 200, "", rate_headers("0", "0"), with_headers({}, {}, 0)},
        Row{"HeadersNegative", 200, "", rate_headers("-1", "-1"), {}},
        Row{"HeadersHuge", 200, "", rate_headers(kBig, kBig), {}},
        Row{"HeadersOfWords", 200, "", rate_headers("NaN", "12 of 1200"), {}}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace restorewatch
