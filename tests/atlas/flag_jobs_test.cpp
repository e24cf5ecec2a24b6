#include <gtest/gtest.h>

#include "atlas/decode_jobs.h"
#include "atlas/fixture.h"

namespace restorewatch {
namespace {

constexpr const char* kId = "6a79a0005f1c2b3d4e5f6071";

WallTime time(std::string_view text) {
  return parse_time(text).value();
}
ObjectId id(std::string_view hex) {
  return parse_object_id(hex).value();
}

Result<Page> decode(std::string body) {
  JsonParser parser;
  return decode_page(flag_jobs(), parser, body);
}

/// A page with one job of these members and an id.
std::string page_of(const std::string& members) {
  return R"({"results":[{"id":")" + std::string(kId) + "\"," + members + "}]}";
}

RestoreJob job_of(const std::string& members) {
  const auto page = decode(page_of(members));
  EXPECT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->unreadable, std::vector<UnreadableJob>{}) << page->unreadable[0].reason;
  return page->jobs.at(0);
}

RestoreJob fixture_job(const std::string& name) {
  JsonParser parser;
  std::string body = fixture(name);
  const auto job = decode_job(flag_jobs(), parser, body);
  EXPECT_TRUE(job) << job.error().detail;
  return job->job;
}

TEST(FlagJobsTest, ReadsARunningAutomatedJob) {
  RestoreJob expected;
  expected.id = id("6a799ce85f1c2b3d4e5f6090");
  expected.delivery = Delivery::Automated;
  expected.state = JobState::InProgress;
  expected.requested_at = time("2026-08-10T09:42:00Z");
  expected.snapshot_id = id("6a79a3105f1c2b3d4e5f6080");
  expected.snapshot_at = time("2026-08-10T09:30:12Z");
  expected.recovery_point = expected.snapshot_at;
  expected.target_project_id = id("6a79a0405f1c2b3d4e5f6072");
  expected.target_cluster = "orders-drill";
  EXPECT_EQ(fixture_job("dedicated/running-automated.json"), expected);
  expected.state = JobState::Completed;
  expected.outcome = Outcome::Completed;
  expected.finished_at = time("2026-08-10T09:46:03Z");
  EXPECT_EQ(fixture_job("dedicated/finished-automated.json"), expected);
}

TEST(FlagJobsTest, ReadsADownload) {
  RestoreJob expected;
  expected.id = id("6a799ec85f1c2b3d4e5f6091");
  expected.delivery = Delivery::Download;
  expected.state = JobState::InProgress;
  expected.requested_at = time("2026-08-10T09:50:00Z");
  expected.snapshot_id = id("6a79a3105f1c2b3d4e5f6080");
  expected.snapshot_at = time("2026-08-10T09:30:12Z");
  expected.recovery_point = expected.snapshot_at;
  EXPECT_EQ(fixture_job("dedicated/download-waiting.json"), expected);
  expected.state = JobState::Ready;
  expected.outcome = Outcome::Completed;
  expected.expires_at = time("2026-08-10T10:54:20Z");
  expected.has_link = true;
  EXPECT_EQ(fixture_job("dedicated/download-ready.json"), expected);
}

TEST(FlagJobsTest, ReadsAPointInTimeJob) {
  const RestoreJob job = fixture_job("dedicated/point-in-time.json");
  EXPECT_EQ(job.delivery, Delivery::PointInTime);
  EXPECT_EQ(job.recovery_point, time("2026-08-10T09:00:00Z"));
  EXPECT_EQ(job.snapshot_at, std::nullopt);
}

TEST(FlagJobsTest, ReadsWhatAPageSaysAboutTheNext) {
  const auto page = decode(fixture("dedicated/list-page-1.json"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->jobs.size(), 2U);
  EXPECT_TRUE(page->has_links);
  EXPECT_TRUE(page->has_next);
}

struct JobCase {
  std::string_view name;
  std::string members;
  void (*check)(const RestoreJob&);
};

class ReadableJobTest : public testing::TestWithParam<JobCase> {};

TEST_P(ReadableJobTest, IsReadAsItSays) {
  GetParam().check(job_of(GetParam().members));
}

INSTANTIATE_TEST_SUITE_P(
    Members, ReadableJobTest,
    testing::Values(
        JobCase{"MissingFlagsAreFalse", R"("deliveryType":"automated")",
                [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::InProgress); }},
        JobCase{"NullsAreAbsent",
                R"("failed":null,"cancelled":null,"expired":null,"finishedAt":null,"expiresAt":null,
                   "deliveryType":null,"deliveryUrl":null,"components":null,"snapshotId":null,
                   "timestamp":null,"targetClusterName":null,"targetGroupId":null,"createdAt":null,
                   "oplogTs":null,"pointInTimeUTCSeconds":null,"desiredTimestamp":null,
                   "privateDownloadDeliveryUrls":null)",
                [](const RestoreJob& job) {
                  RestoreJob expected;
                  expected.id = id(kId);
                  expected.state = JobState::InProgress;
                  expected.requested_at = created_at(expected.id);
                  EXPECT_EQ(job, expected);
                }},
        JobCase{"EmptyTextsAreAbsent",
                R"("snapshotId":"","targetClusterName":"","targetGroupId":"")",
                [](const RestoreJob& job) {
                  EXPECT_FALSE(job.snapshot_id);
                  EXPECT_FALSE(job.target_cluster);
                  EXPECT_FALSE(job.target_project_id);
                }},
        JobCase{"FailedBeforeFinished",
                R"("finishedAt":"2026-08-10T09:46:03Z","failed":true,"cancelled":true)",
                [](const RestoreJob& job) {
                  EXPECT_EQ(job.state, JobState::Failed);
                  EXPECT_EQ(job.outcome, Outcome::Failed);
                }},
        JobCase{"Cancelled", R"("cancelled":true)",
                [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::Cancelled); }},
        JobCase{"Expired", R"("expired":true)",
                [](const RestoreJob& job) {
                  EXPECT_EQ(job.state, JobState::Expired);
                  EXPECT_EQ(job.outcome, Outcome::Expired);
                }},
        JobCase{"AnAgedDownloadHadSucceeded",
                R"("deliveryType":"download","expired":true,"expiresAt":"2026-08-10T09:46:03Z")",
                [](const RestoreJob& job) {
                  EXPECT_EQ(job.state, JobState::Expired);
                  EXPECT_EQ(job.outcome, Outcome::Completed);
                }},
        JobCase{"AWordAddedLaterKeepsItsState",
                R"("deliveryType":"teleport","finishedAt":"2026-08-10T09:46:03Z")",
                [](const RestoreJob& job) {
                  EXPECT_EQ(job.delivery, Delivery::Unknown);
                  EXPECT_EQ(job.state, JobState::Completed);
                }},
        JobCase{
            "LinkOfAComponent",
            R"("deliveryType":"download","components":[{"replicaSetName":"a","downloadUrl":"x"}])",
            [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::Ready); }},
        JobCase{"PrivateLink",
                R"("deliveryType":"download","deliveryUrl":[],
                   "privateDownloadDeliveryUrls":[{"endpointId":"e","deliveryUrl":"x"}])",
                [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::Ready); }},
        JobCase{"PrivateLinkOfAComponent",
                R"("deliveryType":"download",
                   "components":[{"privateDownloadDeliveryUrls":[{"deliveryUrl":"x"}]}])",
                [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::Ready); }},
        JobCase{"EmptyLinksAreNone",
                R"("deliveryType":"download","deliveryUrl":[""],"privateDownloadDeliveryUrls":[],
                   "components":[{"downloadUrl":null,"replicaSetName":"rs0"}])",
                [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::InProgress); }},
        JobCase{"OneLinkWithoutAList", R"("deliveryType":"download","deliveryUrl":"x")",
                [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::Ready); }},
        JobCase{"TimesWithOffsetsAndFractions", R"("finishedAt":"2026-08-10T11:46:03.25+02:00")",
                [](const RestoreJob& job) {
                  EXPECT_EQ(job.finished_at, time("2026-08-10T09:46:03.250Z"));
                }},
        JobCase{"CreatedAtIsTheRequest", R"("createdAt":"2026-08-10T09:00:00Z")",
                [](const RestoreJob& job) {
                  EXPECT_EQ(job.requested_at, time("2026-08-10T09:00:00Z"));
                }},
        JobCase{"PointInTimeBeforeOplog",
                R"("timestamp":"2026-08-10T09:00:00Z","oplogTs":7,"pointInTimeUTCSeconds":8)",
                [](const RestoreJob& job) { EXPECT_EQ(job.recovery_point, from_unix_seconds(8)); }},
        JobCase{"OplogBeforeDesired",
                R"("desiredTimestamp":{"date":"2026-08-10T09:00:00Z"},"oplogTs":7)",
                [](const RestoreJob& job) { EXPECT_EQ(job.recovery_point, from_unix_seconds(7)); }},
        JobCase{
            "DesiredBeforeSnapshot",
            R"("timestamp":"2026-08-10T09:00:00Z","desiredTimestamp":{"date":"2026-08-10T08:00:00Z"})",
            [](const RestoreJob& job) {
              EXPECT_EQ(job.recovery_point, time("2026-08-10T08:00:00Z"));
            }},
        JobCase{"EscapesInNamesAndKeys",
                R"("target\u0043lusterName":"a\u00e4\"b","\u0066ailed":true)",
                [](const RestoreJob& job) {
                  EXPECT_EQ(job.target_cluster, "aä\"b");
                  EXPECT_EQ(job.state, JobState::Failed);
                }},
        JobCase{"UnknownMembersOfAnyShape",
                R"("targetDeploymentItemName":"atlas-1","x":{"id":1,"failed":true},"y":[[[{}]]],
                   "z":1e400,"links":7,"status":"FAILED")",
                [](const RestoreJob& job) { EXPECT_EQ(job.state, JobState::InProgress); }},
        JobCase{"AnEmptyNameIsNone", R"("targetClusterName":"")",
                [](const RestoreJob& job) { EXPECT_EQ(job.target_cluster, std::nullopt); }}),
    [](const auto& test) { return std::string(test.param.name); });

struct UnreadableCase {
  std::string_view name;
  std::string members;
  std::string reason;
};

class UnreadableJobTest : public testing::TestWithParam<UnreadableCase> {};

TEST_P(UnreadableJobTest, IsNamedAndTheOthersLive) {
  const std::string good = R"({"id":"32b6e34b3d91647abb20e7b8","deliveryType":"automated"})";
  const auto page = decode(R"({"results":[)" + good + R"(,{)" + GetParam().members + R"(,"id":")" +
                           kId + "\"}," + good + R"(],"links":[{"rel":"next"}]})");
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->jobs.size(), 2U);
  ASSERT_EQ(page->unreadable.size(), 1U);
  EXPECT_EQ(page->unreadable[0], (UnreadableJob{kId, GetParam().reason}));
  EXPECT_TRUE(page->has_next);
}

INSTANTIATE_TEST_SUITE_P(
    Members, UnreadableJobTest,
    testing::Values(
        UnreadableCase{"FlagAsText", R"("failed":"true")", "failed: not true or false"},
        UnreadableCase{"FlagAsNumber", R"("cancelled":1)", "cancelled: not true or false"},
        UnreadableCase{"FlagAsList", R"("expired":[true])", "expired: not true or false"},
        UnreadableCase{"FlagMisspelt", R"("expired":tru)", "expired: not true or false"},
        UnreadableCase{"FlagTwice", R"("failed":true,"failed":false)", "failed: given twice"},
        UnreadableCase{"TimeAsNumber", R"("finishedAt":1786352400)", "finishedAt: not a time"},
        UnreadableCase{"TimeImpossible", R"("finishedAt":"2026-02-30T00:00:00Z")",
                       "finishedAt: not a time"},
        UnreadableCase{"TimeEmpty", R"("expiresAt":"")", "expiresAt: not a time"},
        UnreadableCase{"DeliveryAsNumber", R"("deliveryType":3)", "deliveryType: not a word"},
        UnreadableCase{"DeliveryAsObject", R"("deliveryType":{"a":"b"})",
                       "deliveryType: not a word"},
        UnreadableCase{"LinksAsNumber", R"("deliveryUrl":7)", "deliveryUrl: not a list of links"},
        UnreadableCase{"LinksOfNumbers", R"("deliveryUrl":["x",7])",
                       "deliveryUrl: not a list of links"},
        UnreadableCase{"LinksTooDeep", R"("components":[[[[["x"]]]]])",
                       "components: not a list of links"},
        UnreadableCase{"SnapshotIdNoHex", R"("snapshotId":"{snapshotId}")",
                       "snapshotId: not 24 hex digits"},
        UnreadableCase{"ProjectIdAsNumber", R"("targetGroupId":5)",
                       "targetGroupId: not 24 hex digits"},
        UnreadableCase{"SecondsEnormous",
                       R"("pointInTimeUTCSeconds":123456789012345678901234567890)",
                       "pointInTimeUTCSeconds: not seconds since 1970"},
        UnreadableCase{"SecondsBeyondTime", R"("oplogTs":253402300800)",
                       "oplogTs: not seconds since 1970"},
        UnreadableCase{"SecondsNegative", R"("oplogTs":-1)", "oplogTs: not seconds since 1970"},
        UnreadableCase{"SecondsBroken", R"("oplogTs":1.5)", "oplogTs: not seconds since 1970"},
        UnreadableCase{"SecondsAsText", R"("oplogTs":"42")", "oplogTs: not seconds since 1970"},
        UnreadableCase{"DesiredDateAsNumber", R"("desiredTimestamp":{"date":5})",
                       "desiredTimestamp: not a time"},
        UnreadableCase{"DesiredAsText", R"("desiredTimestamp":"2026-08-10T09:00:00Z")",
                       "desiredTimestamp: not a time"},
        UnreadableCase{"NameTooLong", R"("targetClusterName":")" + std::string(257, 'x') + "\"",
                       "targetClusterName: not a name"},
        UnreadableCase{"NameThatIsALink", R"("targetClusterName":"https://example.net/token")",
                       "targetClusterName: not a name"},
        UnreadableCase{"NameWithALineBreak", R"("targetClusterName":"a\nb")",
                       "targetClusterName: not a name"},
        UnreadableCase{"NameWithANul", R"("targetClusterName":"a\u0000b")",
                       "targetClusterName: not a name"},
        UnreadableCase{"NameWithHalfASurrogate", R"("targetClusterName":"a\ud800b")",
                       "targetClusterName: not a name"},
        UnreadableCase{"TheFirstOfTwoIsTold", R"("failed":1,"expired":2)",
                       "failed: not true or false"}),
    [](const auto& test) { return std::string(test.param.name); });

struct IdCase {
  std::string row;
  UnreadableJob expected;
};

TEST(FlagJobsTest, AJobWithoutAReadableIdIsUnreadable) {
  const std::vector<IdCase> cases = {
      {R"({"failed":true})", {"", "id: missing"}},
      {R"({"id":null})", {"", "id: not 24 hex digits"}},
      {R"({"id":7})", {"", "id: not 24 hex digits"}},
      {R"({"id":"{snapshotId}"})", {"{snapshotId}", "id: not 24 hex digits"}},
      {R"({"id":"https://x.example.net/hunter2"})", {"[link]", "id: not 24 hex digits"}},
      {R"({"id":")" + std::string(100, 'a') + "\"}",
       {std::string(40, 'a'), "id: not 24 hex digits"}},
      {"7", {"", "not an object"}},
      {"null", {"", "not an object"}},
      {"[[]]", {"", "not an object"}},
  };
  for (const IdCase& test : cases) {
    const auto page = decode(R"({"results":[)" + test.row + R"(,{"id":")" + kId + R"("}]})");
    ASSERT_TRUE(page) << test.row << page.error().detail;
    EXPECT_EQ(page->jobs.size(), 1U) << test.row;
    EXPECT_EQ(page->unreadable, std::vector{test.expected}) << test.row;
  }
}

struct BadPageCase {
  std::string_view name;
  std::string body;
};

class BadPageTest : public testing::TestWithParam<BadPageCase> {};

TEST_P(BadPageTest, IsMalformedAndSaysWhy) {
  const auto page = decode(GetParam().body);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::Malformed);
  EXPECT_TRUE(page.error().detail.starts_with("not the documented JSON: ")) << page.error().detail;
  EXPECT_EQ(page.error().detail.find("hunter2"), std::string::npos) << page.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, BadPageTest,
    testing::Values(
        BadPageCase{"Empty", ""}, BadPageCase{"Blank", "  \n"},
        BadPageCase{"Html", "<html>hunter2"}, BadPageCase{"AList", "[]"},
        BadPageCase{"ANumber", "7"}, BadPageCase{"Null", "null"},
        BadPageCase{"NoResults", R"({"links":[]})"}, BadPageCase{"EmptyObject", "{}"},
        BadPageCase{"ResultsNull", R"({"results":null})"},
        BadPageCase{"ResultsAnObject", R"({"results":{}})"},
        BadPageCase{"ResultsTwice", R"({"results":[],"results":[]})"},
        BadPageCase{"TrailingText", R"({"results":[]} hunter2)"},
        BadPageCase{"TrailingBrace", R"({"results":[]}})"},
        BadPageCase{"SecondDocument", R"({"results":[]}{"results":[]})"},
        BadPageCase{"CutInAString", R"({"results":[{"id":"6a79)"},
        BadPageCase{"CutAfterAJob", R"({"results":[{"id":"6a79a0005f1c2b3d4e5f6071"})"},
        BadPageCase{"CutAfterTheList", R"({"results":[{"id":"6a79a0005f1c2b3d4e5f6071"}])"},
        BadPageCase{"CutInANestedValue",
                    R"({"results":[{"id":"6a79a0005f1c2b3d4e5f6071","x":{"y":[1}]})"},
        BadPageCase{"MissingComma", R"({"results":[{"id":"6a79a0005f1c2b3d4e5f6071"}{}]})"},
        BadPageCase{"MissingColon", R"({"results"[]})"},
        BadPageCase{"BareControlCharacter", "{\"results\":[{\"x\":\"a\nb\"}]}"},
        BadPageCase{"InvalidUtf8", "{\"results\":[{\"x\":\"\xff\xfe\"}]}"},
        BadPageCase{"ByteOrderMark", "\xEF\xBB\xBF{\"results\":[]}"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FlagJobsTest, EveryTruncationOfAPageIsMalformed) {
  const std::string whole = fixture("dedicated/list-page-1.json");
  JsonParser parser;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string body = whole.substr(0, size);
    ASSERT_FALSE(decode_page(flag_jobs(), parser, body)) << size;
  }
  std::string body = whole;
  EXPECT_TRUE(decode_page(flag_jobs(), parser, body));
}

TEST(FlagJobsTest, NoSingleByteChangeCrashesIt) {
  const std::string whole = fixture("dedicated-v2-list.json");
  JsonParser parser;
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '"', '{', '}', '[', ']', ',', '\\', '9', '\xff'}) {
      std::string body = whole;
      body[at] = byte;
      const auto page = decode_page(flag_jobs(), parser, body);
      if (!page || !page->unreadable.empty()) ++refused;
    }
  }
  EXPECT_GT(refused, whole.size());
}

TEST(FlagJobsTest, HugeNestingIsPassedOver) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const auto page = decode(page_of("\"x\":" + deep + ",\"failed\":true"));
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->jobs.at(0).state, JobState::Failed);
  EXPECT_EQ(decode(page_of("\"components\":" + deep))->unreadable.size(), 1U);
}

/// A parser has room for every text of a document once: taking one twice would write past its end.
TEST(FlagJobsTest, HugeTextsFitTheParser) {
  const std::string huge = "\"" + std::string(4'000'000, 'a') + "\"";
  for (const char* name : {"id", "snapshotId", "finishedAt", "targetClusterName", "failed",
                           "pointInTimeUTCSeconds", "desiredTimestamp", "deliveryType"}) {
    const auto page = decode(R"({"results":[{")" + std::string(name) + "\":" + huge + "}]}");
    ASSERT_TRUE(page) << name << page.error().detail;
    EXPECT_EQ(page->unreadable.size(), 1U) << name;
  }
  EXPECT_EQ(job_of("\"deliveryUrl\":[" + huge + "],\"x\":" + huge).state, JobState::InProgress);
}

TEST(FlagJobsTest, NothingOfTheBodyIsKept) {
  JsonParser parser;
  std::string body = fixture("dedicated/list-page-1.json");
  const auto page = decode_page(flag_jobs(), parser, body);
  ASSERT_TRUE(page);
  const auto before = page->jobs;
  body.assign(body.size(), 'x');
  std::string other = page_of(R"("targetClusterName":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy")");
  ASSERT_TRUE(decode_page(flag_jobs(), parser, other));
  EXPECT_EQ(page->jobs, before);
  EXPECT_EQ(page->jobs[1].target_cluster, "orders-drill");
}

TEST(FlagJobsTest, LinksOfUnknownShapesArePassedOver) {
  for (const char* links :
       {"null", "7", "{}", "[]", "[7,null,[]]", R"([{"rel":7},{"href":"x"}])"}) {
    const auto page = decode(R"({"links":)" + std::string(links) + R"(,"results":[]})");
    ASSERT_TRUE(page) << links;
    EXPECT_FALSE(page->has_links) << links;
  }
}

TEST(FlagJobsTest, ASingleUnreadableJobIsMalformed) {
  JsonParser parser;
  std::string body = R"({"id":"6a79a0005f1c2b3d4e5f6071","failed":"yes"})";
  const auto job = decode_job(flag_jobs(), parser, body);
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().kind, ErrorKind::Malformed);
  EXPECT_EQ(job.error().detail, "failed: not true or false");
}

TEST(FlagJobsTest, AFloodOfEmptyRowsIsNoPage) {
  std::string body = R"({"results":[0)";
  for (int i = 0; i < 20'000; ++i) body += ",0";
  body += "]}";
  JsonParser parser;
  const auto page = decode_page(flag_jobs(), parser, body);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::Malformed);
}

}  // namespace
}  // namespace restorewatch
