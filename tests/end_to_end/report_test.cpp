// `restorewatch report`, as an auditor uses it: beside the daemon, after it, and on a copy.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "end_to_end/stage.h"
#include "store/run_sql.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - name: prod-a
      - name: untouched
)";
constexpr const char* kProjects =
    "  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, "
    "clusters: [{name: prod-a}, {name: untouched}]}";
constexpr const char* kObjectives = "objectives: [{cluster: prod-*, restore_duration: 1h}]\n";

class ReportCommand : public testing::Test {
 protected:
  void SetUp() override {
    stage_.start_daemon({.projects = kProjects, .more = kObjectives});
    // What comes after the first look is news, however slow the machine is.
    ASSERT_TRUE(eventually([&] {
      return stage_.shows("mongodbatlas_restore_target_up", {"prod-a", "\"dedicated\""}, 1);
    }));
    for (const char* const end : {"failed", "completed", "ready, link_lives: 2h"}) {
      stage_.control("POST", "/_sim/jobs",
                     std::string("{project: prod-payments, cluster: prod-a, at: 0s, takes: 10ms, "
                                 "end: ") +
                         end + "}");
    }
    ASSERT_TRUE(eventually([&] { return ended() == 3; }));
  }

  std::size_t ended() const {
    std::size_t count = 0;
    for (const std::string& event : stage_.events()) {
      if (event.find(" outcome=") != std::string::npos) ++count;
    }
    return count;
  }

  void stop_daemon() {
    stage_.daemon().signal(SIGTERM);
    ASSERT_EQ(stage_.daemon().wait(seconds(10)), 0);
  }

  struct Answer {
    std::optional<int> code;
    std::string out;
    std::string err;
  };

  Answer report(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {Stage::program("restorewatch"), "report"});
    arguments.push_back("--config.file=" + stage_.config_file());
    // Each writes files of its own: a child appends to those that are there.
    Child command(std::move(arguments),
                  stage_.folder().file("report-" + std::to_string(++reports_)));
    const auto code = command.wait(seconds(20));
    return {code, command.out(), command.err()};
  }

  std::string store() const { return stage_.folder().file("store.db"); }

  Stage stage_{Login::Digest, kScenario};
  simdjson::dom::parser parser_;
  int reports_ = 0;
};

/// How often each word stands as that member of the list's objects.
std::map<std::string, int> words(const simdjson::dom::element& report, const char* list,
                                 const char* member) {
  std::map<std::string, int> counts;
  for (const simdjson::dom::element item : report[list].get_array()) {
    ++counts[std::string(item[member].get_string().value())];
  }
  return counts;
}

using Words = std::map<std::string, int>;

TEST_F(ReportCommand, SaysWhatHappenedWhileTheDaemonRuns) {
  simdjson::dom::element made;
  // The population is noted once discovery is over, which may come after the first looks.
  EXPECT_TRUE(eventually([&] {
    const Answer answer = report({"--since", "1h", "--format", "json"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    made = parser_.parse(answer.out);
    return words(made, "clusters", "coverage") == Words{{"tested", 1}, {"never_tested", 1}};
  }));
  EXPECT_EQ(words(made, "restores", "outcome"), (Words{{"completed", 1}, {"failed", 1}}));
  EXPECT_EQ(words(made, "downloads", "outcome"), (Words{{"completed", 1}}));
  EXPECT_EQ(words(made, "gaps", "kind"), (Words{{"before_store", 1}}));
  EXPECT_TRUE(made["about"]["sound"].get_bool().value());
  EXPECT_EQ(made["about"]["objectives_from"].get_string().value(), stage_.config_file());
  EXPECT_EQ(made["clusters"].at(0)["restore_duration_s"].get_int64().value(), 3600);
  EXPECT_EQ(made["clusters"].at(0)["restore_duration_missed"].get_int64().value(), 0);
}

TEST_F(ReportCommand, SaysWhenNobodyLookedSinceTheDaemonWasKilled) {
  stage_.daemon().signal(SIGKILL);
  stage_.daemon().wait(seconds(10));
  stage_.start_daemon({.projects = kProjects, .more = kObjectives});
  // That it runs again is in the journal a moment after it serves.
  EXPECT_TRUE(eventually([&] {
    const Answer killed = report({"--since", "1h", "--format", "json"});
    return killed.code == 0 && words(parser_.parse(killed.out), "gaps", "kind") ==
                                   Words{{"before_store", 1}, {"killed", 1}};
  }));
  stop_daemon();
  const Answer stopped = report({"--since", "1h", "--format", "json"});
  ASSERT_EQ(stopped.code, 0) << stopped.err;
  EXPECT_EQ(words(parser_.parse(stopped.out), "gaps", "kind"),
            (Words{{"before_store", 1}, {"killed", 1}, {"stopped", 1}}));
}

TEST_F(ReportCommand, ItsHeadIsProvedLaterByTheCommandThatItNames) {
  const Answer answer = report({"--format", "json"});
  ASSERT_EQ(answer.code, 0) << answer.err;
  const simdjson::dom::element made = parser_.parse(answer.out);
  const std::string command(made["about"]["verify_command"].get_string().value());
  const std::string head(made["about"]["head"].get_string().value());
  EXPECT_NE(command.find("--expect-head " + head), std::string::npos) << command;
  stop_daemon();  // which writes further entries
  const std::string program = Stage::program("restorewatch");
  ASSERT_TRUE(command.starts_with("restorewatch verify")) << command;
  const std::string whole = program + command.substr(std::string_view("restorewatch").size());
  Child later({"/bin/sh", "-c", whole}, stage_.folder().file("later"));
  EXPECT_EQ(later.wait(seconds(20)), 0) << later.out() << later.err();
  run_sql(store(), "UPDATE journal SET observed_at = observed_at - 1 WHERE seq = 4");
  Child much_later({"/bin/sh", "-c", whole}, stage_.folder().file("much-later"));
  EXPECT_EQ(much_later.wait(seconds(20)), 1) << much_later.out();
}

TEST_F(ReportCommand, WritesNothingIntoACopyAndNeedsNoConfiguration) {
  stop_daemon();
  const std::string copy = stage_.folder().file("copy.db");
  std::filesystem::copy_file(store(), copy);
  const auto before = std::filesystem::last_write_time(copy);
  const std::string file = stage_.folder().file("report.csv");
  Child command({Stage::program("restorewatch"), "report", "--storage.path", copy, "--format",
                 "csv", "--output", file},
                stage_.folder().file("alone"));
  ASSERT_EQ(command.wait(seconds(20)), 0) << command.err();
  EXPECT_EQ(command.out(), "");
  EXPECT_EQ(std::filesystem::last_write_time(copy), before);
  EXPECT_FALSE(std::filesystem::exists(copy + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(file + ".part"));
  std::ifstream written(file);
  std::string header;
  std::getline(written, header);
  EXPECT_TRUE(header.starts_with("job_id,")) << header;
  std::size_t records = 0;
  for (std::string line; std::getline(written, line);) ++records;
  EXPECT_EQ(records, 2U);
}

TEST_F(ReportCommand, SaysSoWhereTheJournalIsNotSound) {
  stop_daemon();
  run_sql(store(), "UPDATE journal SET outcome = 1 WHERE outcome = 2");
  const Answer answer = report({});
  EXPECT_EQ(answer.code, 1) << answer.err;
  EXPECT_NE(answer.err.find("NOT sound"), std::string::npos) << answer.err;
  EXPECT_NE(answer.out.find("NOT sound"), std::string::npos) << answer.out;
}

TEST_F(ReportCommand, RefusesWhatItCannotDo) {
  const std::vector<std::vector<std::string>> mistakes{
      {"--since", "yesterday"},
      {"--until", "2020-01-01", "--since", "2021-01-01"},
      {"--format", "pdf"},
      {"--table", "gaps"},
      {"--output", "/nowhere/report.md"},
      {"--output", ""},
      {"--output", store()},
      {"--cluster", "nosuch"},
      {"--output", stage_.config_file()},
      {"--storage.path", "/nowhere/x.db"},
      {"--storage.path", stage_.config_file()}};
  for (const auto& arguments : mistakes) {
    const Answer answer = report(arguments);
    EXPECT_EQ(answer.code, 2) << arguments.front() << " " << arguments.back();
    EXPECT_EQ(answer.out, "");
    EXPECT_NE(answer.err, "");
  }
  EXPECT_EQ(report({"--format", "json"}).code, 0);  // the store is as it was
}

}  // namespace
}  // namespace restorewatch
