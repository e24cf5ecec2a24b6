#include "atlas/credential_choice.h"

#include "atlas/client_test_base.h"
#include "atlas/job_samples.h"

namespace restorewatch {
namespace {

const std::vector<std::string> kBoth{"first", "second"};
const std::vector<std::string> kAll{"first", "second", "third"};

class CredentialChoiceTest : public ClientTest {
 protected:
  /// The status that each credential is answered with; one that is not named gets 200.
  void answer_by_credential(std::map<std::string, int> statuses) {
    transport_.set_script([statuses = std::move(statuses)](const HttpRequest& request) {
      const auto found = statuses.find(request.session);
      const int status = found == statuses.end() ? 200 : found->second;
      return http(status, status == 200 ? R"({"results":[]})"
                                        : R"({"detail":"by )" + request.session + "\"}");
    });
  }

  Listing list_all(Source source = Source::Dedicated) {
    return list(target(source, ApiGeneration::V2, kAll));
  }

  std::string in_use(Source source) {
    return client_.credential_in_use(parse_object_id(kProject).value(), source);
  }
};

TEST_F(CredentialChoiceTest, ARefusedOneGivesWayToTheNext) {
  answer_by_credential({{"first", 401}, {"second", 403}});
  EXPECT_EQ(in_use(Source::Dedicated), "");
  EXPECT_TRUE(list_all().complete());
  EXPECT_EQ(logins(), kAll);
  EXPECT_EQ(in_use(Source::Dedicated), "third");
}

TEST_F(CredentialChoiceTest, TheOneAcceptedLastComesFirst) {
  answer_by_credential({{"first", 401}, {"second", 403}});
  EXPECT_TRUE(list_all().complete());
  EXPECT_TRUE(list_all().complete());
  EXPECT_EQ(logins(), (std::vector<std::string>{"first", "second", "third", "third"}));
  answer_by_credential({{"third", 403}});
  EXPECT_TRUE(list_all().complete());
  EXPECT_EQ(logins().back(), "first");
  EXPECT_EQ(in_use(Source::Dedicated), "first");
}

TEST_F(CredentialChoiceTest, WhatIsAcceptedDependsOnProjectAndEndpointSet) {
  answer_by_credential({{"first", 403}});
  EXPECT_TRUE(list_all(Source::Dedicated).complete());
  EXPECT_EQ(in_use(Source::Tenant), "second");  // the same set of endpoints
  EXPECT_EQ(in_use(Source::Flex), "");
  EXPECT_TRUE(list_all(Source::Flex).complete());
  Target other = target(Source::Dedicated, ApiGeneration::V2, kAll);
  other.key.project_id = id_of("6a79a0405f1c2b3d4e5f6072");
  EXPECT_TRUE(list(other).complete());
  EXPECT_EQ(logins(),
            (std::vector<std::string>{"first", "second", "first", "second", "first", "second"}));
}

TEST_F(CredentialChoiceTest, IfAllAreRefusedTheFirstForbiddenIsTold) {
  answer_by_credential({{"first", 401}, {"second", 403}, {"third", 403}});
  const Listing listing = list_all();
  EXPECT_EQ(listing.error->kind, ErrorKind::Forbidden);
  EXPECT_EQ(listing.error->detail, "HTTP 403: by second (3 credentials were refused)");
  EXPECT_EQ(in_use(Source::Dedicated), "");
}

TEST_F(CredentialChoiceTest, OrTheFirstIfNoneIsForbidden) {
  answer_by_credential({{"first", 401}, {"second", 401}, {"third", 401}});
  EXPECT_EQ(list_all().error->detail, "HTTP 401: by first (3 credentials were refused)");
  EXPECT_EQ(list(target(Source::Dedicated)).error->detail, "HTTP 401: by first");
}

TEST_F(CredentialChoiceTest, OtherErrorsAreNoReasonToTryAnother) {
  for (const int status : {400, 404, 410, 429, 500, 503}) {
    answer_by_credential({{"first", status}});
    const std::size_t before = transport_.requests().size();
    EXPECT_FALSE(list_all().complete());
    EXPECT_EQ(transport_.requests().size(), before + 1) << status;
  }
}

TEST_F(CredentialChoiceTest, AnUnsupportedFeatureIsNoMissingRole) {
  answer_always(403, R"({"errorCode":"FEATURE_UNSUPPORTED"})");
  EXPECT_EQ(list_all().error->kind, ErrorKind::NotFound);
  EXPECT_EQ(transport_.requests().size(), 1U);
}

TEST_F(CredentialChoiceTest, AnErrorOnceACredentialWasRefusedIsTheAnswer) {
  answer_by_credential({{"first", 403}, {"second", 500}});
  EXPECT_EQ(list_all().error->detail, "HTTP 500: by second");
}

TEST_F(CredentialChoiceTest, AListKeepsItsCredentialUntilThatIsRefused) {
  transport_.set_script([](const HttpRequest& request) {
    const bool first_page = request.url.ends_with("pageNum=1");
    if (request.session == "first") return http(first_page ? 403 : 500, "");
    if (!first_page) return http(request.session == "second" ? 403 : 200, R"({"results":[]})");
    return http(200, fixture("dedicated/list-page-1.json"));
  });
  const Listing listing =
      list(target(Source::Dedicated, ApiGeneration::V2, {"first", "second", "third"}));
  // The second page: "second" again, which is refused now, then in the configured order.
  EXPECT_EQ(logins(), (std::vector<std::string>{"first", "second", "second", "first"}));
  EXPECT_EQ(listing.jobs.size(), 2U);
  EXPECT_EQ(listing.error->detail, "page 2: HTTP 500");
}

TEST_F(CredentialChoiceTest, WithoutAnyThereIsNoRequest) {
  const Listing listing = list(target(Source::Dedicated, ApiGeneration::V2, {}));
  EXPECT_EQ(listing.error->kind, ErrorKind::Other);
  EXPECT_EQ(listing.error->detail, "no credential is configured for it");
  EXPECT_TRUE(transport_.requests().empty());
}

TEST_F(CredentialChoiceTest, OneJobIsReadTheSameWay) {
  transport_.set_script([](const HttpRequest& request) {
    return request.session == "first" ? http(401, "")
                                      : http(200, fixture("dedicated/download-ready.json"));
  });
  EXPECT_TRUE(
      get(target(Source::Dedicated, ApiGeneration::V2, kBoth), id_of("6a799ec85f1c2b3d4e5f6091")));
  EXPECT_EQ(logins(), kBoth);
}

}  // namespace
}  // namespace restorewatch
