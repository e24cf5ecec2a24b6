// `restorewatch targets`: what is watched, why the rest is not, and whether the roles are enough.

#include <fstream>
#include <map>

#include "end_to_end/discovery_fixture.h"

namespace restorewatch {
namespace {

constexpr const char* kEveryKind = R"(projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    roles: {b: read_only}
    clusters:
      - {name: prod}
      - {name: asleep, paused: true}
      - {name: small, tier: flex}
      - {name: bare, backup_enabled: false}
      - {name: toy, tier: free}
      - {name: old, tier: tenant}
      - {name: scratch-1}
      - {name: kept, deleted_with_backups: true}
  - {id: 5f1b3c2e8a7d4e0012345678, name: play, clusters: [{name: p}]}
)";

constexpr const char* kExclude =
    "discovery: {interval: 10m, exclude: [{cluster: 'scratch-*'}, {project: play}]}\n";

/// What is told of each cluster of kEveryKind: its sources, why it has none, a word for people.
struct Told {
  std::string cluster, sources, not_polled, note;
};

const std::vector<Told>& told() {
  static const std::vector<Told> rows{
      {"prod", "dedicated,collection", "", ""},
      {"asleep", "dedicated,collection", "", "paused"},
      {"small", "flex", "", ""},
      {"bare", "", "backup_disabled", "backups are switched off"},
      {"toy", "", "free_tier", "free clusters have no backups"},
      {"old", "", "source_not_listed", "none of `sources`"},
      {"scratch-1", "", "excluded", "excluded by"},
      {"kept", "dedicated,collection", "", "deleted, its backups are kept"}};
  return rows;
}

class Targets : public DiscoveryEndToEnd {
 protected:
  void start(const char* credential) {
    set(std::string(kAccounts) + kEveryKind);
    Stage::DaemonSettings settings{
        .credentials = account(credential),
        .more = std::string("sources: [dedicated, flex, collection]\n") + kExclude};
    stage_->start_daemon(settings);
  }

  static std::string text(simdjson::dom::element row, const char* key) {
    std::string_view value;
    return row[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
  }

  static std::string sources(simdjson::dom::element cluster) {
    std::string joined;
    for (const auto source : cluster["sources"].get_array()) {
      joined += (joined.empty() ? "" : ",") + std::string(source.get_string().value());
    }
    return joined;
  }
};

TEST_F(Targets, TellWhatIsWatchedAndWhyTheRestIsNot) {
  start("a");
  const Ran ran = run({"targets"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const Told& row : told()) {
    const std::string line = line_with(ran.out, {"shop", " " + row.cluster + " "});
    ASSERT_NE(line, "") << row.cluster << " in\n" << ran.out;
    EXPECT_NE(line.find(row.sources.empty() ? " - " : " " + row.sources + " "), std::string::npos)
        << line;
    EXPECT_NE(line.find(row.note), std::string::npos) << line;
    EXPECT_EQ(line.find("not polled") != std::string::npos, row.sources.empty()) << line;
  }
  EXPECT_NE(line_with(ran.out, {"play", "excluded by discovery"}), "") << ran.out;
  EXPECT_EQ(ran.out.find("SECRET"), std::string::npos);
}

TEST_F(Targets, TellTheSameInJson) {
  start("a");
  const Ran ran = run({"targets", "--format=json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  ASSERT_EQ(parser.parse(ran.out).get(document), simdjson::SUCCESS) << ran.out;
  std::map<std::string, std::string> found;
  for (const auto project : document["projects"].get_array()) {
    EXPECT_EQ(project["excluded"].get_bool().value(), text(project, "name") == "play");
    for (const auto cluster : project["clusters"].get_array()) {
      found[text(cluster, "name")] = sources(cluster) + '/' + text(cluster, "not_polled");
    }
  }
  std::map<std::string, std::string> expected;
  for (const Told& row : told()) expected[row.cluster] = row.sources + '/' + row.not_polled;
  EXPECT_EQ(found, expected);
  EXPECT_EQ(document["problems"].get_array().size(), 0U);
  EXPECT_EQ(document["probes"].get_array().size(), 0U);
}

TEST_F(Targets, AProbeShowsARoleThatIsMissing) {
  start("b");
  EXPECT_EQ(run({"targets"}).code, 0) << "seeing needs no such role";
  const Ran ran = run({"targets", "--probe"});
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_NE(line_with(ran.out, {" dedicated ", "USER_UNAUTHORIZED"}), "") << ran.out;
  EXPECT_NE(line_with(ran.out, {" collection ", "USER_UNAUTHORIZED"}), "") << ran.out;
  EXPECT_NE(line_with(ran.out, {" flex ", " b ", " ok"}), "") << ran.out;

  const Ran json = run({"targets", "--probe", "--format=json"});
  EXPECT_EQ(json.code, 1);
  simdjson::dom::parser parser;
  const auto document = parser.parse(json.out);
  std::map<std::string, bool> ok;
  for (const auto probe : document["probes"].get_array()) {
    ok[text(probe, "source")] = probe["ok"].get_bool().value();
  }
  EXPECT_EQ(ok, (std::map<std::string, bool>{
                    {"collection", false}, {"dedicated", false}, {"flex", true}}));
}

TEST_F(Targets, AProbeThatFindsNothingWrongEndsWell) {
  start("a");
  const Ran ran = run({"targets", "--probe"});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  for (const char* source : {" dedicated ", " collection ", " flex "}) {
    EXPECT_NE(line_with(ran.out, {source, " a ", " ok"}), "") << ran.out;
  }
}

TEST_F(Targets, ABadConfigurationIsSaidToBeOne) {
  start("a");
  std::ofstream(stage_->config_file()) << "credentials: nobody\n";
  const Ran ran = run({"targets"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("credentials"), std::string::npos) << ran.err;
}

TEST_F(Targets, ARefusedCredentialIsAProblemAndNotAnEmptyList) {
  start("a");
  stage_->secret_file("a", "SECRETCLIENT-of-another");
  const Ran ran = run({"targets"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.out.find("projects cannot be listed: "), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace restorewatch
