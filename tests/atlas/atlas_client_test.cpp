#include "atlas/atlas_client.h"

#include "atlas/atlas_test_base.h"
#include "atlas/fixture.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

const std::string kProject = "6a79a0005f1c2b3d4e5f6071";
const std::string kListPath =
    "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs";
const std::string kGetPath = kListPath + "/{restoreJobId}";

class AtlasClientTest : public AtlasTest {
 protected:
  static Target target(const std::string& credential = "key",
                       const std::string& cluster = "orders") {
    return {{parse_object_id(kProject).value(), cluster, Source::Dedicated}, "shop", {credential}};
  }

  static AtlasOptions options() {
    AtlasOptions options;
    options.base_url = std::string(kBaseUrl) + "/";
    options.page_size = 2;
    options.request_timeout = seconds(12);
    options.credentials = {{"key", ApiKey{"public", Secret("hunter2-key")}},
                           {"account", ServiceAccount{"mdb_sa_id_1", Secret("hunter2-secret")}}};
    return options;
  }

  Listing list(const Target& of) {
    std::optional<Listing> result;
    client_.list(of, {}, [&](Listing listing) { result = std::move(listing); });
    EXPECT_FALSE(result.has_value()) << "answered at once";
    loop_.run();
    EXPECT_TRUE(result.has_value());
    return std::move(result).value_or(Listing{});
  }

  Result<RestoreJob> get(const Target& of, const std::string& id) {
    std::optional<Result<RestoreJob>> result;
    client_.get(of, parse_object_id(id).value(),
                [&](Result<RestoreJob> job) { result = std::move(job); });
    EXPECT_FALSE(result.has_value()) << "answered at once";
    loop_.run();
    EXPECT_TRUE(result.has_value());
    return *result;
  }

  /// Gives out tokens "token-1", "token-2", …; the API takes only `good`.
  template <typename Takes>
  void play_atlas_that_takes(Takes good) {
    transport_.set_script([this, good](const HttpRequest& request) {
      if (is_token_request(request)) return token_answer("token-" + std::to_string(++tokens_));
      const auto& bearer = std::get<BearerToken>(request.login);
      return good(bearer.token.reveal()) ? http(200, R"({"results":[]})")
                                         : http(401, fixture("error-wrong-key.json"));
    });
  }

  int tokens_ = 0;
  AtlasClient client_{options(), {transport_, loop_, budget_, clock_, telemetry_, Log()}};
};

TEST_F(AtlasClientTest, AsksForAListAsDocumented) {
  transport_.set_script([](const HttpRequest&) { return http(200, R"({"results":[]})"); });
  EXPECT_TRUE(list(target("key", "a b/c")).complete());
  ASSERT_EQ(transport_.requests().size(), 1U);
  const HttpRequest& request = transport_.requests()[0];
  EXPECT_EQ(request.method, HttpMethod::Get);
  EXPECT_EQ(request.url, std::string(kBaseUrl) + "/api/atlas/v2/groups/" + kProject +
                             "/clusters/a%20b%2Fc/backup/restoreJobs"
                             "?itemsPerPage=2&includeCount=false&pageNum=1");
  EXPECT_EQ(request.headers, (std::vector<std::pair<std::string, std::string>>{
                                 {"Accept", "application/vnd.atlas.2023-01-01+json"}}));
  EXPECT_EQ(request.session, "key");
  EXPECT_EQ(request.timeout, seconds(12));
  const auto* login = std::get_if<DigestLogin>(&request.login);
  ASSERT_NE(login, nullptr);
  EXPECT_EQ(login->user, "public");
  EXPECT_EQ(login->password, Secret("hunter2-key"));
}

TEST_F(AtlasClientTest, ReadsAllPagesOnItsOwnHost) {
  transport_.set_script([](const HttpRequest& request) {
    return request.url.ends_with("pageNum=1")
               ? http(200, fixture("dedicated/list-page-1.json"))  // links to another host
               : http(200, fixture("dedicated-v2-list.json"));
  });
  const Listing listing = list(target());
  EXPECT_TRUE(listing.complete());
  ASSERT_EQ(listing.jobs.size(), 3U);
  EXPECT_EQ(to_string(listing.jobs[0].id), "32b6e34b3d91647abb20e7b8");
  EXPECT_EQ(to_string(listing.jobs[1].id), "6a799ce85f1c2b3d4e5f6090");
  EXPECT_EQ(to_string(listing.jobs[2].id), "6a799ec85f1c2b3d4e5f6091");
  ASSERT_EQ(transport_.requests().size(), 2U);
  EXPECT_TRUE(transport_.requests()[1].url.starts_with(kBaseUrl));
  EXPECT_TRUE(transport_.requests()[1].url.ends_with("&pageNum=2"));
}

TEST_F(AtlasClientTest, AFailedPageLeavesAPartialList) {
  transport_.set_script([](const HttpRequest& request) {
    return request.url.ends_with("pageNum=1") ? http(200, fixture("dedicated/list-page-1.json"))
                                              : http(429, fixture("error-token-bucket.json"));
  });
  const Listing listing = list(target());
  EXPECT_EQ(listing.jobs.size(), 2U);
  ASSERT_FALSE(listing.complete());
  EXPECT_EQ(listing.error->kind, ErrorKind::Throttled);
  EXPECT_EQ(listing.error->retry_after, seconds(55));
  EXPECT_TRUE(listing.error->detail.starts_with("page 2: HTTP 429"));
}

TEST_F(AtlasClientTest, NothingOfATruncatedPageIsTrusted) {
  transport_.set_script([](const HttpRequest&) {
    const std::string whole = fixture("dedicated/list-page-1.json");
    return http(200, whole.substr(0, whole.size() - 1));
  });
  const Listing listing = list(target());
  EXPECT_TRUE(listing.jobs.empty());
  ASSERT_FALSE(listing.complete());
  EXPECT_EQ(listing.error->kind, ErrorKind::Malformed);
}

TEST_F(AtlasClientTest, PassesOnErrorsBelowHttp) {
  transport_.set_script([](const HttpRequest&) -> Result<HttpResponse> {
    return Error{ErrorKind::Unreachable, "no route"};
  });
  const Listing listing = list(target());
  EXPECT_EQ(listing.error->kind, ErrorKind::Unreachable);
  EXPECT_EQ(
      metric("restorewatch_api_requests_total", {{"endpoint", kListPath}, {"code", "unreachable"}}),
      1);
}

TEST_F(AtlasClientTest, AnUnknownCredentialIsAnError) {
  const Listing listing = list(target("nobody"));
  ASSERT_FALSE(listing.complete());
  EXPECT_EQ(listing.error->kind, ErrorKind::Other);
  EXPECT_EQ(listing.error->detail, "no credential is named nobody");
  EXPECT_TRUE(transport_.requests().empty());
}

TEST_F(AtlasClientTest, GetsOneJob) {
  transport_.set_script(
      [](const HttpRequest&) { return http(200, fixture("dedicated/download-ready.json")); });
  const auto job = get(target(), "6a799ec85f1c2b3d4e5f6091");
  ASSERT_TRUE(job) << job.error().detail;
  EXPECT_EQ(job->state, JobState::Ready);
  EXPECT_EQ(transport_.requests()[0].url,
            std::string(kBaseUrl) + "/api/atlas/v2/groups/" + kProject +
                "/clusters/orders/backup/restoreJobs/6a799ec85f1c2b3d4e5f6091");
  EXPECT_EQ(metric("restorewatch_api_requests_total", {{"endpoint", kGetPath}, {"code", "200"}}),
            1);
  EXPECT_EQ(metric("restorewatch_api_request_duration_seconds", {{"endpoint", kGetPath}}), 1);
}

TEST_F(AtlasClientTest, AnAnswerAboutAnotherJobIsMalformed) {
  transport_.set_script(
      [](const HttpRequest&) { return http(200, fixture("dedicated/download-ready.json")); });
  const auto job = get(target(), "6a799ec85f1c2b3d4e5f6092");
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().kind, ErrorKind::Malformed);
}

TEST_F(AtlasClientTest, OnlyAMissingJobIsNotFound) {
  const std::map<std::string, ErrorKind> expected{
      {"RESTORE_JOB_NOT_FOUND", ErrorKind::NotFound},
      {"RESTORE_JOB_NOT_FOUND_IN_GROUP", ErrorKind::NotFound},
      {"INVALID_JOB_ID", ErrorKind::NotFound},
      {"RESOURCE_NOT_FOUND", ErrorKind::Other},
      {"CLUSTER_NOT_FOUND", ErrorKind::Other},
      {"GROUP_NOT_FOUND", ErrorKind::Other},
      {"", ErrorKind::Other}};
  for (const auto& [code, kind] : expected) {
    transport_.set_script([&code = code](const HttpRequest&) {
      return http(404, R"({"error":404,"errorCode":")" + code + "\"}");
    });
    const auto job = get(target(), kProject);
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().kind, kind) << code;
    EXPECT_EQ(list(target()).error->kind, ErrorKind::NotFound) << code;
  }
}

TEST_F(AtlasClientTest, SharesOneTokenAmongItsCalls) {
  play_atlas_that_takes([](const std::string&) { return true; });
  int answered = 0;
  for (int i = 0; i < 5; ++i) {
    client_.list(target("account"), {}, [&](const Listing& listing) {
      EXPECT_TRUE(listing.complete());
      ++answered;
    });
  }
  loop_.run();
  EXPECT_EQ(answered, 5);
  EXPECT_EQ(token_requests(), 1U);
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "account"}}), 1);
}

TEST_F(AtlasClientTest, ARevokedTokenIsReplacedOnceForAllCalls) {
  std::string refused;
  play_atlas_that_takes([&](const std::string& token) { return token != refused; });
  ASSERT_TRUE(list(target("account")).complete());
  refused = "token-1";
  int complete = 0;
  for (int i = 0; i < 5; ++i) {
    client_.list(target("account"), {},
                 [&](const Listing& listing) { complete += listing.complete() ? 1 : 0; });
  }
  loop_.run();
  EXPECT_EQ(complete, 5);
  EXPECT_EQ(token_requests(), 2U);
}

TEST_F(AtlasClientTest, ACredentialThatIsRefusedForGoodDoesNotDrainTheTokenQuota) {
  bool accept = true;
  play_atlas_that_takes([&](const std::string&) { return accept; });
  ASSERT_TRUE(list(target("account")).complete());
  accept = false;
  for (int minute = 0; minute < 60; ++minute) {
    for (int call = 0; call < 10; ++call) {
      const Listing listing = list(target("account"));
      ASSERT_FALSE(listing.complete());
      EXPECT_EQ(listing.error->kind, ErrorKind::Unauthorized);
    }
    clock_.advance(seconds(60));
  }
  EXPECT_LT(token_requests(), 30U);  // of 600 calls; 100 live tokens lock the account out
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "account"}}), 0);
  accept = true;
  clock_.advance(seconds(300));
  EXPECT_TRUE(list(target("account")).complete());
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "account"}}), 1);
}

TEST_F(AtlasClientTest, A401AboutARoleIsNoReasonForANewToken) {
  transport_.set_script([](const HttpRequest& request) {
    return is_token_request(request) ? token_answer("token") : http(401, fixture("error-401.json"));
  });
  const Listing listing = list(target("account"));
  EXPECT_EQ(listing.error->kind, ErrorKind::Forbidden);
  EXPECT_EQ(list(target("account")).error->kind, ErrorKind::Forbidden);
  EXPECT_EQ(token_requests(), 1U);
}

TEST_F(AtlasClientTest, AWrongKeyIsToldAndCounted) {
  transport_.set_script(
      [](const HttpRequest&) { return http(401, fixture("error-wrong-key.json")); });
  const Listing listing = list(target());
  EXPECT_EQ(listing.error->kind, ErrorKind::Unauthorized);
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "key"}}), 0);
  EXPECT_EQ(metric("restorewatch_api_requests_total", {{"endpoint", kListPath}, {"code", "401"}}),
            1);
}

TEST_F(AtlasClientTest, NotesRateLimitsAndSunsets) {
  transport_.set_script([](const HttpRequest&) {
    return http(200, R"({"results":[]})",
                {{"ratelimit-limit", "1200"},
                 {"ratelimit-remaining", "1187"},
                 {"sunset", "Thu, 1 Jul 2027 00:00:00 GMT"}});
  });
  EXPECT_TRUE(list(target()).complete());
  const std::map<std::string, std::string> bucket{{"project_id", kProject},
                                                  {"endpoint_set", "cloud_backups"}};
  EXPECT_EQ(metric("restorewatch_api_ratelimit_limit", bucket), 1200);
  EXPECT_EQ(metric("restorewatch_api_ratelimit_remaining", bucket), 1187);
  EXPECT_EQ(metric("restorewatch_api_version_sunset_timestamp_seconds", {{"endpoint", kListPath}}),
            unix_seconds(parse_time("2027-07-01T00:00:00Z").value()));
}

TEST_F(AtlasClientTest, HeadersThatMakeNoSenseArePassedOver) {
  transport_.set_script([](const HttpRequest&) {
    return http(999, "",
                {{"ratelimit-limit", "-1"}, {"ratelimit-remaining", "many"}, {"sunset", "x"}});
  });
  EXPECT_FALSE(list(target()).complete());
  const std::map<std::string, std::string> bucket{{"project_id", kProject},
                                                  {"endpoint_set", "cloud_backups"}};
  EXPECT_TRUE(std::isnan(metric("restorewatch_api_ratelimit_limit", bucket)));
  EXPECT_TRUE(std::isnan(metric("restorewatch_api_ratelimit_remaining", bucket)));
  EXPECT_EQ(metric("restorewatch_api_requests_total", {{"endpoint", kListPath}, {"code", "other"}}),
            1);
}

TEST_F(AtlasClientTest, NoErrorHoldsASecretOrALink) {
  const std::string echo =
      R"({"error":"x","errorCode":"A_CODE","detail":"no https://a.example.net/hunter2"})";
  for (const int status : {200, 302, 400, 401, 403, 404, 410, 429, 500, 503}) {
    for (const char* credential : {"key", "account"}) {
      transport_.set_script([&](const HttpRequest& request) {
        return is_token_request(request) && status == 200 ? token_answer("hunter2")
                                                          : http(status, echo);
      });
      const Listing listing = list(target(credential));
      ASSERT_FALSE(listing.complete());
      EXPECT_EQ(listing.error->detail.find("hunter2"), std::string::npos) << listing.error->detail;
      EXPECT_EQ(listing.error->detail.find("://"), std::string::npos) << listing.error->detail;
      clock_.advance(std::chrono::hours(1));
    }
  }
}

TEST_F(AtlasClientTest, EveryFamilyHasAHelpTextOfOneLine) {
  transport_.set_script([](const HttpRequest& request) {
    if (is_token_request(request)) return token_answer("token");
    return http(200, R"({"results":[]})",
                {{"ratelimit-limit", "1"},
                 {"ratelimit-remaining", "1"},
                 {"sunset", "Thu, 1 Jul 2027 00:00:00 GMT"}});
  });
  EXPECT_TRUE(list(target("account")).complete());
  const auto families = telemetry_.registry().Collect();
  EXPECT_EQ(families.size(), 7U);  // one without a series is not shown
  for (const auto& family : families) {
    EXPECT_TRUE(family.name.starts_with("restorewatch_")) << family.name;
    EXPECT_FALSE(family.help.empty()) << family.name;
    EXPECT_EQ(family.help.find('\n'), std::string::npos) << family.name;
  }
}

}  // namespace
}  // namespace restorewatch
