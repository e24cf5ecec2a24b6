// `verify` and `explain`, as an auditor uses them on what a real run has written.

#include <gtest/gtest.h>

#include <csignal>

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
        jobs:
          - {at: 1s, takes: 2s, end: failed}
)";
constexpr const char* kProjects =
    "  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, clusters: [{name: prod-a}]}";

class JournalCommands : public testing::Test {
 protected:
  void SetUp() override {
    stage_.start_daemon({.projects = kProjects});
    ASSERT_TRUE(eventually([&] { return has_event("to=failed"); }));
  }

  bool has_event(const std::string& part) const {
    for (const std::string& event : stage_.event_log()) {
      if (event.find(part) != std::string::npos) return true;
    }
    return false;
  }

  /// What stands behind "key=" in the first event line that has it.
  std::string of_events(const std::string& key) const {
    for (const std::string& event : stage_.event_log()) {
      const std::size_t at = event.find(" " + key + "=");
      if (at == std::string::npos) continue;
      const std::size_t from = at + key.size() + 2;
      return event.substr(from, event.find(' ', from) - from);
    }
    return {};
  }

  void stop_daemon() {
    stage_.daemon().signal(SIGTERM);
    ASSERT_EQ(stage_.daemon().wait(seconds(10)), 0);
  }

  /// Runs a command; its exit code and all that it wrote.
  std::pair<std::optional<int>, std::string> run(std::vector<std::string> arguments) {
    const auto command = stage_.run(std::move(arguments));
    const auto code = command->wait(seconds(20));
    return {code, command->out() + command->err()};
  }

  Stage stage_{Login::Digest, kScenario};
};

TEST_F(JournalCommands, VerifyProvesAJournalWhileTheDaemonWritesIt) {
  const auto [code, text] = run({"verify"});
  EXPECT_EQ(code, 0) << text;
  EXPECT_NE(text.find("The journal is sound."), std::string::npos) << text;
}

TEST_F(JournalCommands, VerifyFindsAHeadThatWasAnnounced) {
  ASSERT_TRUE(eventually([&] { return has_event("event=journal_head"); }));
  const std::string head = of_events("seq") + ":" + of_events("hash");
  const auto [code, text] = run({"verify", "--expect-head", head});
  EXPECT_EQ(code, 0) << head << "\n" << text;
  std::string other = head;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_EQ(run({"verify", "--expect-head", other}).first, 1);
  EXPECT_EQ(run({"verify", "--expect-head", "12"}).first, 2);
}

TEST_F(JournalCommands, VerifySaysWhereSomebodyHasWritten) {
  stop_daemon();
  run_sql(stage_.folder().file("store.db"),
          "UPDATE journal SET to_state = 6, outcome = 1 WHERE job_id IS NOT NULL AND seq = "
          "(SELECT max(seq) FROM journal WHERE job_id IS NOT NULL)");
  const auto [code, text] = run({"verify"});
  EXPECT_EQ(code, 1) << text;
  EXPECT_NE(text.find("is not what was written"), std::string::npos) << text;
  EXPECT_NE(text.find("counter transitions/"), std::string::npos) << text;
  EXPECT_NE(text.find("does not stand where"), std::string::npos) << text;
  EXPECT_NE(text.find("NOT sound"), std::string::npos) << text;
}

TEST_F(JournalCommands, TheStoreIsEnoughForBoth) {
  stop_daemon();
  const std::string store = "--storage.path=" + stage_.folder().file("store.db");
  const std::string program = Stage::program("restorewatch");
  for (const auto& arguments :
       {std::vector<std::string>{program, "verify", store},
        std::vector<std::string>{program, "explain", of_events("job_id"), store}}) {
    Child command(arguments, stage_.folder().file("alone"));
    EXPECT_EQ(command.wait(seconds(20)), 0) << command.out() << command.err();
  }
}

TEST_F(JournalCommands, ExplainTellsAJobsStory) {
  const auto [code, text] = run({"explain", of_events("job_id")});
  EXPECT_EQ(code, 0) << text;
  for (const char* part : {"cluster         prod-a", "state           failed: failed is true",
                           "outcome         failed: failed is true", "none -> in_progress",
                           "in_progress -> failed, counts: finished"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in:\n" << text;
  }
}

TEST_F(JournalCommands, ExplainSaysWhatItDoesNotKnow) {
  EXPECT_EQ(run({"explain", "000000000000000000000000"}).first, 1);
  EXPECT_EQ(run({"explain", "prod-a"}).first, 2);
  EXPECT_EQ(run({"explain"}).first, 2);
  EXPECT_EQ(run({"explain", of_events("job_id"), "--storage.path=/nowhere/x.db"}).first, 2);
}

}  // namespace
}  // namespace restorewatch
