#include "atlas/atlas_directory.h"

#include "atlas/client_test_base.h"
#include "atlas/job_samples.h"

namespace restorewatch {
namespace {

const std::string kGroup = "/api/atlas/v2/groups/" + kProject;
const std::string kPage = "?itemsPerPage=2&includeCount=false&pageNum=";
const std::string kDeleted = "&includeDeletedWithRetainedBackups=true";

bool is_about(const HttpRequest& request, const std::string& list) {
  return request.url.find("/" + list + "?") != std::string::npos;
}

class AtlasDirectoryTest : public ClientTest {
 protected:
  Result<std::vector<Project>> projects(const std::string& credential = "first") {
    return rows(result_of<Result<Listed<Project>>>(
        [&](auto done) { client_.directory().list_projects(credential, done); }));
  }

  Result<std::vector<Cluster>> clusters(bool with_serverless = false,
                                        std::vector<std::string> credentials = {"first"},
                                        bool needs_flex = true) {
    const Directory::ClusterQuestion question{id_of(kProject), std::move(credentials),
                                              with_serverless, needs_flex};
    return rows(result_of<Result<Listed<Cluster>>>(
        [&](auto done) { client_.directory().list_clusters(question, done); }));
  }

  template <typename Row>
  Result<std::vector<Row>> rows(Result<Listed<Row>> answer) {
    if (!answer) return answer.error();
    whole_ = answer->whole;
    return answer->rows;
  }

  bool whole_ = true;  // of the last list

  /// Answers by the last part of the path; lists that are not named are empty.
  void answer_lists(std::map<std::string, HttpResponse> answers) {
    transport_.set_script([answers = std::move(answers)](const HttpRequest& request) {
      for (const auto& [list, answer] : answers) {
        if (is_about(request, list)) return answer;
      }
      return http(200, R"({"results":[]})");
    });
  }

  static Cluster cluster(char number, const std::string& name, Tier tier) {
    Cluster cluster;
    cluster.name = name;
    cluster.id = id_of(std::string("67a1b2c3d4e5f60718293a0") + number);
    cluster.tier = tier;
    cluster.created_at = time_of(std::string("2025-02-0") + number + "T10:00:00Z");
    cluster.backup_enabled = true;
    return cluster;
  }
};

TEST_F(AtlasDirectoryTest, ListsProjects) {
  transport_.set_script([](const HttpRequest&) {
    return http(200, fixture("directory/projects.json"), {{"ratelimit-remaining", "9"}});
  });
  const auto found = projects();
  ASSERT_TRUE(found) << found.error().detail;
  const Project shop{id_of(kProject), "shop", {{"team", "payments"}, {"env", "prod"}}};
  const Project drills{id_of("6a79a0405f1c2b3d4e5f6072"), "shop drills", {}};
  EXPECT_EQ(*found, (std::vector{shop, drills}));
  EXPECT_EQ(paths(), (std::vector<std::string>{"/api/atlas/v2/groups" + kPage + "1"}));
  EXPECT_EQ(transport_.requests()[0].headers[0].second, "application/vnd.atlas.2023-01-01+json");
  EXPECT_EQ(metric("restorewatch_api_requests_total",
                   {{"endpoint", "/api/atlas/v2/groups"}, {"code", "200"}}),
            1);
  EXPECT_EQ(metric("restorewatch_api_ratelimit_remaining",
                   {{"project_id", ""}, {"endpoint_set", "projects"}}),
            9);
}

TEST_F(AtlasDirectoryTest, ListsOnlyTheOrganizationsProjectsWhereOneIsNamed) {
  answer_lists({});
  EXPECT_TRUE(projects("third"));
  EXPECT_EQ(paths()[0], "/api/atlas/v2/orgs/6a79a0015f1c2b3d4e5f6070/groups" + kPage + "1");
  EXPECT_EQ(metric("restorewatch_api_requests_total",
                   {{"endpoint", "/api/atlas/v2/orgs/{orgId}/groups"}, {"code", "200"}}),
            1);
}

TEST_F(AtlasDirectoryTest, ReadsAllPagesOfProjectsAndEachOnce) {
  const auto row = [](int n) {
    return R"({"id":"6a79a0005f1c2b3d4e5f607)" + std::to_string(n) + R"(","name":"p)" +
           std::to_string(n) + "\"}";
  };
  transport_.set_script([&](const HttpRequest& request) {
    if (request.url.ends_with("=1"))
      return http(200, R"({"results":[)" + row(1) + "," + row(2) + "]}");
    if (request.url.ends_with("=2"))
      return http(200, R"({"results":[)" + row(2) + "," + row(3) + "]}");
    return http(200, R"({"results":[]})");
  });
  const auto found = projects();
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 3U);
  EXPECT_EQ(found->back().name, "p3");
  EXPECT_EQ(transport_.requests().size(), 3U);
}

TEST_F(AtlasDirectoryTest, HalfAListOfProjectsIsAnError) {
  transport_.set_script([](const HttpRequest& request) {
    return request.url.ends_with("=1")
               ? http(200, R"({"links":[{"rel":"next"}],"results":[{"id":")" + kProject +
                               R"(","name":"p"}]})")
               : http(500, "");
  });
  EXPECT_EQ(projects().error().detail, "HTTP 500");
}

TEST_F(AtlasDirectoryTest, AListThatDoesNotEndIsMalformed) {
  answer_always(
      200, R"({"links":[{"rel":"next"}],"results":[{"id":")" + kProject + R"(","name":"p"}]})");
  EXPECT_EQ(projects().error().kind, ErrorKind::Malformed);
  EXPECT_EQ(transport_.requests().size(), 2U);
}

TEST_F(AtlasDirectoryTest, ListsClustersOfAllTiers) {
  answer_lists({{"clusters", http(200, fixture("directory/clusters.json"))},
                {"flexClusters", http(200, fixture("directory/flex-clusters.json"))},
                {"serverless", http(200, fixture("directory/serverless.json"))}});
  const auto found = clusters(true);
  ASSERT_TRUE(found) << found.error().detail;
  Cluster orders = cluster('1', "orders", Tier::Dedicated);
  orders.tags = {{"team", "payments"}};
  Cluster archive = cluster('2', "Archive", Tier::Dedicated);
  archive.paused = true;
  archive.backup_enabled = false;
  Cluster sandbox = cluster('3', "sandbox", Tier::Free);
  sandbox.backup_enabled.reset();
  const Cluster shared = cluster('4', "old-shared", Tier::Tenant);
  Cluster small = cluster('5', "small", Tier::Flex);  // it is in both lists
  small.tags = {{"env", "test"}};
  Cluster old_orders = cluster('6', "orders", Tier::Dedicated);
  old_orders.deleted = true;
  old_orders.created_at = time_of("2024-02-01T10:00:00Z");
  Cluster tiny = cluster('7', "tiny", Tier::Flex);
  tiny.backup_enabled = false;
  Cluster events = cluster('8', "events", Tier::Serverless);
  events.backup_enabled.reset();
  EXPECT_EQ(*found,
            (std::vector{orders, archive, sandbox, shared, small, old_orders, tiny, events}));
}

TEST_F(AtlasDirectoryTest, AsksForClustersAsDocumented) {
  transport_.set_script([](const HttpRequest&) {
    return http(200, R"({"results":[]})", {{"ratelimit-remaining", "5"}});
  });
  EXPECT_TRUE(clusters());
  EXPECT_EQ(paths(), (std::vector<std::string>{kGroup + "/clusters" + kPage + "1" + kDeleted,
                                               kGroup + "/flexClusters" + kPage + "1"}));
  EXPECT_TRUE(clusters(true));
  EXPECT_EQ(paths().back(), kGroup + "/serverless" + kPage + "1");
  std::vector<std::string> versions;
  for (const HttpRequest& request : transport_.requests()) {
    versions.push_back(request.headers[0].second.substr(22, 10));
  }
  EXPECT_EQ(versions, (std::vector<std::string>{"2024-08-05", "2024-11-13", "2024-08-05",
                                                "2024-11-13", "2023-01-01"}));
  for (const char* set : {"clusters", "flex_clusters", "serverless"}) {
    EXPECT_EQ(metric("restorewatch_api_ratelimit_remaining",
                     {{"project_id", kProject}, {"endpoint_set", set}}),
              5)
        << set;
  }
}

TEST_F(AtlasDirectoryTest, AListTheServerDoesNotHaveIsEmpty) {
  const HttpResponse orders = http(200, fixture("directory/clusters.json"));
  for (const HttpResponse& missing :
       {http(404, ""), http(405, ""), http(410, R"({"errorCode":"VERSION_GONE"})"),
        http(404, R"({"errorCode":"RESOURCE_NOT_FOUND"})"),
        http(403, R"({"errorCode":"FEATURE_UNSUPPORTED"})")}) {
    answer_lists({{"clusters", orders}, {"flexClusters", missing}, {"serverless", missing}});
    const auto found = clusters(true, {"first"}, /*needs_flex=*/false);
    ASSERT_TRUE(found) << missing.status << found.error().detail;
    EXPECT_EQ(found->size(), 6U) << missing.status;
  }
}

TEST_F(AtlasDirectoryTest, TheEndOfAnApiVersionIsNotTheEndOfAllFlexClusters) {
  const HttpResponse orders = http(200, fixture("directory/clusters.json"));
  for (const HttpResponse& missing :
       {http(404, ""), http(405, ""), http(410, R"({"errorCode":"VERSION_GONE"})")}) {
    answer_lists({{"clusters", orders}, {"flexClusters", missing}});
    EXPECT_FALSE(clusters()) << missing.status;
  }
  answer_lists({{"clusters", orders},
                {"flexClusters", http(403, R"({"errorCode":"FEATURE_UNSUPPORTED"})")}});
  EXPECT_TRUE(clusters());
}

TEST_F(AtlasDirectoryTest, AnyOtherFailureOfAnyListIsAnError) {
  for (const char* list : {"clusters", "flexClusters", "serverless"}) {
    answer_lists({{list, http(503, "")}});
    EXPECT_EQ(clusters(true).error().detail, "HTTP 503") << list;
    answer_lists({{list, http(404, R"({"errorCode":"GROUP_NOT_FOUND"})")}});
    EXPECT_EQ(clusters(true).error().kind, ErrorKind::NotFound) << list;
    answer_lists({{list, http(200, "{}")}});
    EXPECT_EQ(clusters(true).error().kind, ErrorKind::Malformed) << list;
  }
  answer_lists({{"clusters", http(404, "<html>")}});
  EXPECT_EQ(clusters().error().kind, ErrorKind::Other);
  answer_lists({{"clusters", http(410, "")}});
  EXPECT_EQ(clusters().error().kind, ErrorKind::Gone);
}

TEST_F(AtlasDirectoryTest, TriesCredentialsInTurn) {
  transport_.set_script([](const HttpRequest& request) {
    return http(request.session == "first" ? 403 : 200, R"({"results":[]})");
  });
  EXPECT_TRUE(clusters(false, {"first", "second"}));
  EXPECT_EQ(logins(), (std::vector<std::string>{"first", "second", "first", "second"}));
}

TEST_F(AtlasDirectoryTest, AnUnknownCredentialIsAnError) {
  EXPECT_EQ(projects("nobody").error().detail, "no credential is named nobody");
}

}  // namespace
}  // namespace restorewatch
