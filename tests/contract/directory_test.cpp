// What projects and clusters there are: as the directory reads them, and as discovery makes targets
// of them.

#include <algorithm>
#include <map>

#include "contract/contract_test_base.h"
#include "fakes/memory_store.h"
#include "inventory/discovery.h"

namespace restorewatch {
namespace {

namespace sim = atlas_simulator;

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    tags: {team: payments}
    clusters:
      - {name: prod, created: -400d, tags: {env: prod}}
      - {name: sharded, sharded: true, instance_size: M50}
      - {name: asleep, paused: true}
      - {name: bare, backup_enabled: false}
      - {name: toy, tier: free}
      - {name: old-shared, tier: tenant}
      - {name: small, tier: flex, created: -2d, tags: {env: test}}
      - {name: small-bare, tier: flex, backup_enabled: false}
      - {name: less, tier: serverless}
      - {name: was, deleted_with_backups: true}
      - {name: twice, deleted_with_backups: true}
      - {name: twice, id: 63b0cd000123456789abcdef}
  - {id: 5f1b3c2e8a7d4e0012345678, name: empty}
)";

std::optional<bool> backup_enabled(const sim::Cluster& cluster) {
  // Instances without a server have a setting of another meaning, free clusters no choice.
  const bool says_nothing =
      cluster.tier == sim::Tier::Serverless || cluster.tier == sim::Tier::Free;
  return says_nothing ? std::nullopt : std::optional(cluster.backup_enabled);
}

Cluster expected_cluster(const sim::Cluster& truth) {
  Cluster cluster;
  cluster.name = truth.name;
  cluster.id = parse_object_id(truth.id);
  cluster.tier = static_cast<Tier>(truth.tier);  // both name them in the same order
  cluster.created_at = std::chrono::floor<std::chrono::seconds>(truth.created);
  cluster.backup_enabled = backup_enabled(truth);
  cluster.paused = truth.tier == sim::Tier::Dedicated && truth.paused;
  cluster.deleted = truth.deleted.has_value();
  cluster.tags = truth.tags;
  return cluster;
}

class DirectoryContractTest : public ContractTest {
 protected:
  void open_with(std::size_t page_size, const std::string& head = "") {
    AtlasOptions options;
    options.page_size = page_size;
    open(head + kScenario, options);
    world_ = std::make_unique<sim::World>(still_scenario(head + kScenario), clock_.wall_now());
  }

  /// All of the project's clusters but those that `hides` names, by id.
  std::map<ObjectId, Cluster> truth(const std::string& hides = "") const {
    std::map<ObjectId, Cluster> all;
    for (const sim::Cluster& cluster : world_->projects().front().clusters) {
      const Cluster expected = expected_cluster(cluster);
      if (label(expected.tier) != hides) all.emplace(*expected.id, expected);
    }
    return all;
  }

  static std::map<ObjectId, Cluster> by_id(const std::vector<Cluster>& clusters) {
    std::map<ObjectId, Cluster> all;
    for (const Cluster& cluster : clusters) {
      EXPECT_TRUE(all.emplace(cluster.id.value(), cluster).second) << cluster.name << " twice";
    }
    return all;
  }

  static std::string differences(const std::map<ObjectId, Cluster>& read,
                                 const std::map<ObjectId, Cluster>& truth) {
    std::string text;
    for (const auto& [id, cluster] : truth) {
      const auto found = read.find(id);
      if (found == read.end()) text += cluster.name + " is missing\n";
      if (found != read.end() && found->second != cluster) text += cluster.name + " differs\n";
    }
    return read.size() > truth.size() ? text + "there are more than that\n" : text;
  }

  std::unique_ptr<sim::World> world_;
};

TEST_F(DirectoryContractTest, ClustersOfEveryTierAreReadAsTheyAre) {
  for (const std::size_t size : {1U, 2U, 7U, 500U}) {
    open_with(size);
    const auto all = clusters(true);
    ASSERT_TRUE(all) << all.error().detail;
    EXPECT_EQ(differences(by_id(*all), truth()), "") << size;
    const auto without = clusters(false);
    ASSERT_TRUE(without);
    EXPECT_EQ(differences(by_id(*without), truth("serverless")), "") << size;
  }
}

TEST_F(DirectoryContractTest, ConnectionStringsAreReadNowhere) {
  open_with(500);
  const auto all = clusters();
  ASSERT_TRUE(all);
  ASSERT_NE(atlas_->sent().find("SECRETHOST"), std::string::npos);
  for (const Cluster& cluster : *all) {
    std::string text = cluster.name;
    for (const auto& [key, value] : cluster.tags) text += key + value;
    EXPECT_EQ(text.find("SECRETHOST"), std::string::npos);
  }  // and of the log and the metrics every test makes sure, see TearDown()
}

TEST_F(DirectoryContractTest, AnEnvelopeNobodyAskedForIsUnderstood) {
  open_with(2);
  fault("{kind: envelope}");
  const auto all = clusters();
  ASSERT_TRUE(all) << all.error().detail;
  EXPECT_EQ(differences(by_id(*all), truth()), "");
  const auto seen = projects();
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->size(), 2U);
  EXPECT_EQ(ending(clusters(true, {"main"}, "000000000000000000000001")), "not_found");
}

TEST_F(DirectoryContractTest, ARetiredListOfInstancesIsEmpty) {
  open_with(500, "retired: gone\n");
  const auto all = clusters(true);
  ASSERT_TRUE(all) << all.error().detail;
  EXPECT_EQ(differences(by_id(*all), truth("serverless")), "");
}

TEST_F(DirectoryContractTest, TheListOfInstancesHasItsSunset) {
  open_with(500);
  ASSERT_TRUE(clusters(true));
  const std::string name = "restorewatch_api_version_sunset_timestamp_seconds";
  EXPECT_EQ(gauge(name, "/api/atlas/v2/groups/{groupId}/serverless"),
            unix_seconds(parse_time("2027-01-18T00:00:00Z").value()));
  EXPECT_EQ(gauge(name, "/api/atlas/v2/groups/{groupId}/clusters"), std::nullopt);
  EXPECT_EQ(gauge(name, "/api/atlas/v2/groups/{groupId}/flexClusters"), std::nullopt);
}

TEST_F(DirectoryContractTest, AProjectThatThereIsNotIsNotFound) {
  open_with(500);
  EXPECT_EQ(ending(clusters(true, {"main"}, "000000000000000000000001")), "not_found");
  const auto none = clusters(true, {"main"}, "5f1b3c2e8a7d4e0012345678");
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
}

TEST_F(DirectoryContractTest, ACredentialSeesWhatItMaySee) {
  constexpr const char* kTwoOrganizations = R"(
credentials:
  - {name: one, org: aaaaaaaaaaaaaaaaaaaaaaa1, client_id: mdb_sa_id_one, client_secret: SECRET-one}
  - {name: two, org: aaaaaaaaaaaaaaaaaaaaaaa2, client_id: mdb_sa_id_two, client_secret: SECRET-two}
  - {name: few, org: aaaaaaaaaaaaaaaaaaaaaaa1, client_id: mdb_sa_id_few, client_secret: SECRET-few}
projects:
  - {id: 5b69d0349b15c62cdfc38b71, name: a, org: aaaaaaaaaaaaaaaaaaaaaaa1, tags: {team: blue}}
  - {id: 5b69d0349b15c62cdfc38b72, name: b, org: aaaaaaaaaaaaaaaaaaaaaaa1, credentials: [one]}
  - {id: 5b69d0349b15c62cdfc38b73, name: c, org: aaaaaaaaaaaaaaaaaaaaaaa2}
)";
  const std::string first = "aaaaaaaaaaaaaaaaaaaaaaa1";
  AtlasOptions options;
  options.credentials = {account("one"), account("two", "aaaaaaaaaaaaaaaaaaaaaaa2"),
                         account("few", first)};
  options.page_size = 1;
  open(kTwoOrganizations, options);
  const auto names = [&](const std::string& credential) {
    std::string text;
    const auto seen = projects(credential);
    if (!seen) return std::string(label(seen.error().kind));
    for (const Project& project : *seen) text += project.name;
    return text;
  };
  EXPECT_EQ(names("one"), "ab");
  EXPECT_EQ(names("two"), "c");
  EXPECT_EQ(names("few"), "a");
  EXPECT_EQ(projects("few").value().front().tags, (Tags{{"team", "blue"}}));
}

/// What discovery makes of the clusters of a project.
class DiscoveryContractTest : public DirectoryContractTest {
 protected:
  std::shared_ptr<const Inventory> discover(Wanted wanted) {
    std::shared_ptr<const Inventory> last;
    Discovery discovery(DiscoveryOptions{}, std::move(wanted),
                        {loop_, clock_, client_->directory(), store_, telemetry_, Log(),
                         [&](auto inventory) { last = std::move(inventory); }});
    EXPECT_TRUE(discovery.load());
    discovery.start();
    loop_.run();
    discovery.stop();
    loop_.forget();
    return last;
  }

  static Wanted everything() {
    Wanted wanted;
    wanted.credentials = {"main"};
    wanted.sources = {Source::Dedicated, Source::Flex, Source::Collection, Source::Serverless,
                      Source::Tenant};
    return wanted;
  }

  /// "prod: dedicated,collection", "toy: free_tier".
  static std::vector<std::string> shown(const Inventory& inventory) {
    std::vector<std::string> lines;
    for (const InventoryProject& project : inventory.projects) {
      for (const InventoryCluster& known : project.clusters) {
        std::string line = known.cluster.name + ":";
        for (const WatchedSource& one : known.sources) line += ' ' + std::string(label(one.source));
        if (known.not_polled) line += ' ' + std::string(label(*known.not_polled));
        lines.push_back(std::move(line));
      }
    }
    std::ranges::sort(lines);
    return lines;
  }

  MemoryStore store_;
};

TEST_F(DiscoveryContractTest, EveryClusterIsWatchedOrItIsSaidWhyNot) {
  open_with(2);
  Wanted wanted = everything();
  wanted.exclude.push_back({.project = {}, .cluster = "shard*", .project_id = {}, .tags = {}});
  wanted.exclude.push_back(
      {.project = {}, .cluster = {}, .project_id = {}, .tags = {{"env", "test"}}});
  const auto inventory = discover(std::move(wanted));
  ASSERT_TRUE(inventory && inventory->settled);
  EXPECT_EQ(shown(*inventory),
            (std::vector<std::string>{
                "asleep: dedicated collection", "bare: backup_disabled", "less: serverless",
                "old-shared: tenant", "prod: dedicated collection", "sharded: excluded",
                "small-bare: backup_disabled", "small: excluded", "toy: free_tier",
                "twice: dedicated collection", "twice: name_taken", "was: dedicated collection"}));
  for (const Target& target : targets_of(*inventory)) {
    const std::string end = ending(list(target));
    EXPECT_EQ(end, target.key.cluster_name == "was" ? "not_found" : "ok")
        << target.key.cluster_name;
  }
}

TEST_F(DiscoveryContractTest, SourcesThatNobodyWantsAreNotRead) {
  open_with(2);
  Wanted wanted = everything();
  wanted.sources = {Source::Flex};
  const auto inventory = discover(std::move(wanted));
  const auto targets = targets_of(*inventory);
  ASSERT_EQ(targets.size(), 1U);
  EXPECT_EQ(targets[0].key.cluster_name, "small");
  EXPECT_EQ(targets[0].key.source, Source::Flex);
  for (const HttpRequest& request : atlas_->requests()) {
    EXPECT_EQ(request.url.find("/serverless"), std::string::npos) << "nobody wants to know";
  }
}

}  // namespace
}  // namespace restorewatch
