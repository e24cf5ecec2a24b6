// Who may read what: roles, credentials in turn, clusters of another tier, retired sources.

#include <algorithm>

#include "contract/contract_test_base.h"
#include "jobs/sources.h"

namespace restorewatch {
namespace {

namespace sim = atlas_simulator;

constexpr const char* kProjects = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    clusters:
      - {name: dedicated, jobs: [{at: -1h}, {source: collection, at: -1h}]}
      - {name: flex, tier: flex, jobs: [{at: -1h}]}
      - {name: serverless, tier: serverless, jobs: [{at: -1h}]}
      - {name: tenant, tier: tenant, jobs: [{at: -1h}]}
      - {name: free, tier: free}
      - {name: bare, backup_enabled: false}
)";

constexpr const char* kRoles =
    "    roles: {reader: read_only, manager: backup_manager, owner: owner}\n";

constexpr const char* kAccounts = R"(credentials:
  - {name: reader, client_id: mdb_sa_id_reader, client_secret: SECRET-reader}
  - {name: manager, client_id: mdb_sa_id_manager, client_secret: SECRET-manager}
  - {name: owner, client_id: mdb_sa_id_owner, client_secret: SECRET-owner}
)";

/// The least of the three roles that is enough.
std::string least_role(Source source) {
  if (source == Source::Flex || source == Source::Tenant) return "reader";
  return source == Source::Serverless ? "owner" : "manager";
}

std::string cluster_of(Source source) {
  return source == Source::Collection ? "dedicated" : std::string(label(source));
}

bool is_enough(const std::string& role, const std::string& least) {
  const std::vector<std::string> rising{"reader", "manager", "owner"};
  return std::ranges::find(rising, role) >= std::ranges::find(rising, least);
}

struct RoleCase {
  Endpoint endpoint;
  std::string denied;  // the status of a missing role
};

void PrintTo(const RoleCase& row, std::ostream* out) {
  *out << name_of(row.endpoint) << '_' << row.denied;
}

std::vector<RoleCase> role_cases() {
  std::vector<RoleCase> cases;
  for (const Endpoint& endpoint : all_endpoints()) {
    for (const char* denied : {"401", "403"}) cases.push_back({endpoint, denied});
  }
  return cases;
}

class RoleTest : public ContractTest, public testing::WithParamInterface<RoleCase> {
 protected:
  void SetUp() override {
    ContractTest::SetUp();
    AtlasOptions options;
    for (const char* name : {"reader", "manager", "owner"}) {
      options.credentials.push_back(account(name));
    }
    open("denied: " + GetParam().denied + "\n" + kAccounts + kProjects + kRoles, options);
  }

  static Source source() { return GetParam().endpoint.source; }

  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): the parameter is the test's own
  Target seen_by(std::vector<std::string> credentials) const {
    return target(cluster_of(source()), source(), GetParam().endpoint.api, std::move(credentials));
  }
};

TEST_P(RoleTest, ListsOnlyWithARoleThatIsEnough) {
  for (const std::string role : {"reader", "manager", "owner"}) {
    const Listing listing = list(seen_by({role}));
    EXPECT_EQ(ending(listing), is_enough(role, least_role(source())) ? "ok" : "forbidden") << role;
    EXPECT_EQ(listing.jobs.empty(), !is_enough(role, least_role(source())));
  }
}

TEST_P(RoleTest, ARefusedCredentialGivesWayToTheNext) {
  const Target of = seen_by({"reader", "manager", "owner"});
  const Listing listing = list(of);
  EXPECT_EQ(ending(listing), "ok");
  ASSERT_EQ(listing.jobs.size(), 1U);
  const ProjectId& project = of.key.project_id;
  EXPECT_EQ(client_->credential_in_use(project, source()), least_role(source()));
  EXPECT_EQ(ending(get(of, listing.jobs[0].id)), "ok");
  const std::size_t asked = atlas_->requests().size();
  EXPECT_EQ(ending(list(of)), "ok");
  EXPECT_EQ(atlas_->requests().size(), asked + 1) << "what was accepted last is asked first";
}

TEST_P(RoleTest, ACredentialThatDoesNotSeeTheProjectGivesWayToo) {
  const Target of = seen_by({"reader", "owner"});
  atlas_->atlas().act(sim::parse_project_action("{do: hide, project: shop, credential: reader}",
                                                atlas_->atlas().scenario()));
  EXPECT_EQ(ending(list(of)), "ok");
  EXPECT_EQ(client_->credential_in_use(of.key.project_id, source()), "owner");
}

INSTANTIATE_TEST_SUITE_P(Endpoints, RoleTest, testing::ValuesIn(role_cases()), [](const auto& row) {
  return name_of(row.param.endpoint) + "_" + row.param.denied;
});

class TierContractTest : public ContractTest, public testing::WithParamInterface<Endpoint> {
 protected:
  static Target named(const std::string& cluster) {
    return target(cluster, GetParam().source, GetParam().api);
  }
};

TEST_P(TierContractTest, AClusterOfAnotherTierIsNotFound) {
  open(kProjects);
  const std::string own = cluster_of(GetParam().source);
  const JobId job = list(named(own)).jobs.at(0).id;
  EXPECT_EQ(ending(get(named(own), job)), "ok");
  for (const std::string other :
       {"dedicated", "flex", "serverless", "tenant", "free", "bare", "nowhere"}) {
    if (other == own) continue;
    EXPECT_EQ(ending(list(named(other))), "not_found") << other;
    EXPECT_EQ(ending(get(named(other), job)), "other") << other << ": that is not said of the job";
  }
}

TEST_P(TierContractTest, AProjectThatThereIsNotIsNotFound) {
  open(kProjects);
  Target of = named(cluster_of(GetParam().source));
  of.key.project_id = parse_object_id("000000000000000000000001").value();
  EXPECT_EQ(ending(list(of)), "not_found");
}

TEST_P(TierContractTest, OnlyWhatIsRetiredIsGone) {
  for (const char* mode : {"served", "gone", "not_found", "not_allowed", "no_route"}) {
    open(std::string("retired: ") + mode + kProjects);
    const bool is_gone = facts_of(GetParam().source).retired && mode != std::string("served");
    const Target of = named(cluster_of(GetParam().source));
    EXPECT_EQ(ending(list(of)), is_gone ? "gone" : "ok") << mode;
    const JobId id = parse_object_id("000000000000000000000002").value();
    EXPECT_EQ(ending(get(of, id)), is_gone ? "gone" : "not_found") << mode;
  }
}

TEST_P(TierContractTest, ASunsetIsAMetric) {
  open(kProjects);
  list(named(cluster_of(GetParam().source)));
  const bool ends = facts_of(GetParam().source).retired && GetParam().api == ApiGeneration::V2;
  const auto expected =
      ends ? std::optional(unix_seconds(parse_time("2026-01-22T00:00:00Z").value())) : std::nullopt;
  EXPECT_EQ(
      gauge("restorewatch_api_version_sunset_timestamp_seconds", std::string(GetParam().list_path)),
      expected);
}

TEST_P(TierContractTest, AnEnvelopeNobodyAskedForIsUnderstood) {
  open(kProjects);
  const Target of = named(cluster_of(GetParam().source));
  const Listing plain = list(of);
  const JobId job = plain.jobs.at(0).id;
  const auto one = get(of, job);
  fault("{kind: envelope}");
  const Listing wrapped = list(of);
  EXPECT_TRUE(wrapped.complete());
  EXPECT_TRUE(wrapped.jobs == plain.jobs);
  const auto wrapped_one = get(of, job);
  ASSERT_TRUE(wrapped_one);
  EXPECT_TRUE(*wrapped_one == *one);
  EXPECT_EQ(ending(list(named("nowhere"))), "not_found");
  EXPECT_EQ(ending(get(of, parse_object_id("000000000000000000000002").value())), "not_found");
  atlas_->atlas().clear_faults();
  fault("{kind: envelope, status: 429}");
  EXPECT_EQ(ending(list(of)), "throttled");
  atlas_->atlas().clear_faults();
  fault("{kind: envelope, status: 403, error_code: USER_UNAUTHORIZED}");
  EXPECT_EQ(ending(list(of)), "forbidden");
}

INSTANTIATE_TEST_SUITE_P(Endpoints, TierContractTest,
                         testing::ValuesIn(all_endpoints().begin(), all_endpoints().end()),
                         [](const auto& endpoint) { return name_of(endpoint.param); });

}  // namespace
}  // namespace restorewatch
