// The journal's hashes, and what verify finds when somebody has been at them.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>

#include "base/sha256.h"
#include "store/commit_answer.h"
#include "store/every_store.h"
#include "store/journal_rows.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"
#include "store/verifier.h"

namespace restorewatch {
namespace {

WallTime hour(int n) {
  return WallTime{std::chrono::hours{500'000 + n}};
}

/// A journal of five transitions and three notes.
class JournalChainTest : public testing::Test {
 protected:
  void SetUp() override {
    OpenStore store(path());
    for (unsigned i = 0; i < 5; ++i) {
      PollResult result = full_result(sample_target(i % 2), i / 2, i);
      result.transitions.front().observed_at = hour(static_cast<int>(i));
      ASSERT_EQ(commit_and_wait(store.store(), result), CommitStatus::Committed);
    }
    ASSERT_EQ(record(store, {{NoteKind::TargetAdded, hour(5), sample_target(), "it's", {}},
                             {NoteKind::TargetBlind, hour(6), sample_target(), "it's", {}},
                             {NoteKind::HeadAnnounced, hour(7), {}, {}, "daily"}}),
              CommitStatus::Committed);
  }

  static CommitStatus record(OpenStore& store, std::vector<Note> notes) {
    std::promise<CommitStatus> answer;
    store->record(std::move(notes), [&](CommitStatus status) { answer.set_value(status); });
    return answer_of(answer.get_future());
  }

  void cut(WallTime horizon) {
    OpenStore store(path());
    std::promise<CommitStatus> answer;
    store->forget(horizon, hour(100), [&](CommitStatus status) { answer.set_value(status); });
    ASSERT_EQ(answer_of(answer.get_future()), CommitStatus::Committed);
  }

  std::string path() const { return folder_.file("store.db"); }

  Verification verify(const std::optional<ChainHead>& expected = {}) const {
    auto verification = verify_store(path(), expected);
    EXPECT_TRUE(verification.ok()) << verification.error().detail;
    return verification.ok() ? *verification : Verification{};
  }

  /// Each finding holds its text, in order; there are no others.
  static void expect_findings(const Verification& verification,
                              std::initializer_list<std::string_view> texts) {
    ASSERT_EQ(verification.findings.size(), texts.size())
        << testing::PrintToString(verification.findings);
    std::size_t i = 0;
    for (const std::string_view text : texts) {
      EXPECT_NE(verification.findings[i].find(text), std::string::npos)
          << text << " in: " << verification.findings[i];
      ++i;
    }
  }

  TemporaryFolder folder_;
};

TEST_F(JournalChainTest, IsSoundAsItWasWritten) {
  const Verification verification = verify();
  EXPECT_TRUE(verification.sound()) << testing::PrintToString(verification.findings);
  EXPECT_EQ(verification.entries, 8U);
  EXPECT_EQ(verification.head.seq, 8U);
  EXPECT_EQ(verification.anchor, ChainHead{});
}

// The documented way to prove it without this program.
TEST_F(JournalChainTest, CanBeProvedWithNothingButSqliteAndSha256) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path().c_str(), &database), SQLITE_OK);
  std::string sql = "SELECT hash, ";
  std::string quoted;
  std::string columns = hashed_columns() + ", ";
  for (std::size_t end; (end = columns.find(", ")) != std::string::npos;
       columns.erase(0, end + 2)) {
    quoted += (quoted.empty() ? "quote(" : " || ',' || quote(") + columns.substr(0, end) + ")";
  }
  sqlite3_stmt* rows = nullptr;
  sql += quoted + " FROM journal ORDER BY seq";
  ASSERT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &rows, nullptr), SQLITE_OK);
  Digest hash{};
  int count = 0;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    hash = sha256(hash, reinterpret_cast<const char*>(sqlite3_column_text(rows, 1)));
    ASSERT_EQ(sqlite3_column_bytes(rows, 0), 32);
    EXPECT_EQ(std::memcmp(sqlite3_column_blob(rows, 0), hash.data(), hash.size()), 0) << count;
    ++count;
  }
  EXPECT_EQ(count, 8);
  sqlite3_finalize(rows);
  sqlite3_close(database);
}

TEST_F(JournalChainTest, FindsAnyEditOfAnyColumn) {
  std::string columns = hashed_columns() + ", hash, ";
  for (std::size_t end; (end = columns.find(", ")) != std::string::npos;
       columns.erase(0, end + 2)) {
    const std::string column = columns.substr(0, end);
    if (column == "seq") continue;
    run_sql(path(), "CREATE TABLE kept AS SELECT * FROM journal WHERE seq = 3");
    // What the column holds, made one greater or longer; NULL becomes something.
    const std::string edit = fmt::format(
        "UPDATE journal SET {0} = CASE typeof({0}) WHEN 'integer' THEN {0} + 1 "
        "WHEN 'text' THEN {0} || 'x' WHEN 'blob' THEN cast({0} || x'00' AS BLOB) "
        "ELSE (SELECT CASE type WHEN 'INTEGER' THEN 1 WHEN 'TEXT' THEN 'x' ELSE x'00' END "
        "FROM pragma_table_info('journal') WHERE name = '{0}') END WHERE seq = 3",
        column);
    run_sql(path(), edit);
    const Verification verification = verify();
    ASSERT_FALSE(verification.sound()) << column;
    EXPECT_NE(verification.findings.front().find("entry 3 "), std::string::npos)
        << column << ": " << verification.findings.front();
    run_sql(path(),
            "DELETE FROM journal WHERE seq = 3; INSERT INTO journal SELECT * FROM kept;"
            "DROP TABLE kept");
    ASSERT_TRUE(verify().sound()) << column;
  }
}

TEST_F(JournalChainTest, FindsADeletedEntryAndWhatWasBehindIt) {
  run_sql(path(), "DELETE FROM journal WHERE seq = 7");
  expect_findings(verify(), {"entry 7 is missing", "entry 8 is not"});
}

TEST_F(JournalChainTest, FindsADeletedEntryWhoseSuccessorsWereRenumbered) {
  run_sql(path(),
          "DELETE FROM journal WHERE seq = 6; UPDATE journal SET seq = 6 WHERE seq = 7;"
          "UPDATE journal SET seq = 7 WHERE seq = 8;"
          "UPDATE sqlite_sequence SET seq = 7 WHERE name = 'journal'");
  expect_findings(verify(), {"entry 6 is not", "entry 7 is not"});
}

TEST_F(JournalChainTest, FindsEntriesThatChangedPlaces) {
  run_sql(path(),
          "UPDATE journal SET seq = 99 WHERE seq = 6; UPDATE journal SET seq = 6 WHERE "
          "seq = 7; UPDATE journal SET seq = 7 WHERE seq = 99;"
          "UPDATE sqlite_sequence SET seq = 8 WHERE name = 'journal'");
  expect_findings(verify(), {"entry 6 is not", "entry 7 is not", "entry 8 is not"});
}

TEST_F(JournalChainTest, FindsAnEndThatWasCutOff) {
  run_sql(path(), "DELETE FROM journal WHERE seq > 6");
  expect_findings(verify(), {"entries 7 to 8 are missing"});
}

TEST_F(JournalChainTest, FindsAnEndThatWasCutOffAlsoWhenTheDaemonHasGoneOnSince) {
  run_sql(path(), "DELETE FROM journal WHERE seq > 6");
  {
    OpenStore store(path());
    ASSERT_EQ(record(store, {{NoteKind::DaemonStarted, hour(9)}}), CommitStatus::Committed);
  }
  expect_findings(verify(), {"entries 7 to 8 are missing"});
}

TEST_F(JournalChainTest, FindsABeginningThatNoRetentionRunHasCut) {
  run_sql(path(), "DELETE FROM journal WHERE seq < 3");
  EXPECT_NE(verify().findings.at(0).find("entries 1 to 2 are missing"), std::string::npos);
}

TEST_F(JournalChainTest, FindsABeginningThatWasCutAndTheAnchorMovedAlong) {
  run_sql(path(),
          "UPDATE anchor SET seq = 2, hash = (SELECT hash FROM journal WHERE seq = 2);"
          "DELETE FROM journal WHERE seq < 3");
  EXPECT_NE(verify().findings.at(0).find("no retention run"), std::string::npos);
}

TEST_F(JournalChainTest, FindsCountersThatDoNotFollowFromTheJournal) {
  run_sql(path(), "UPDATE totals SET value = value + 1 WHERE name LIKE 'transitions/%'");
  run_sql(path(), "DELETE FROM target_counters WHERE name LIKE 'requested/%' AND target = 1");
  const Verification verification = verify();
  ASSERT_EQ(verification.findings.size(), 2U) << testing::PrintToString(verification.findings);
  EXPECT_NE(verification.findings[0].find("counter 1/requested/"), std::string::npos);
  EXPECT_NE(verification.findings[1].find("counter transitions/"), std::string::npos);
}

TEST_F(JournalChainTest, FindsCountersThatWerePutIntoAnAnchorThatNobodyMade) {
  run_sql(path(),
          "UPDATE totals SET value = value + 100 WHERE name LIKE 'transitions/%';"
          "INSERT INTO anchor_totals SELECT name, 100 FROM totals WHERE name LIKE "
          "'transitions/%'");
  expect_findings(verify(), {"the anchor has counters"});
}

TEST_F(JournalChainTest, FindsAJobThatWasTakenOut) {
  run_sql(path(), "DELETE FROM jobs WHERE job_id = (SELECT job_id FROM journal WHERE seq = 2)");
  expect_findings(verify(), {"the job of entry 2 is missing"});
}

TEST_F(JournalChainTest, RetentionMayTakeAJobBeforeItsEntries) {
  {
    OpenStore store(path());
    PollResult late = full_result(sample_target(8), 0, 20);
    late.jobs.front().job.requested_at = hour(1);
    late.transitions.front().job.requested_at = hour(1);
    late.transitions.front().observed_at = hour(50);
    ASSERT_EQ(commit_and_wait(store.store(), late), CommitStatus::Committed);
  }
  cut(hour(3));
  EXPECT_TRUE(verify().sound()) << testing::PrintToString(verify().findings);
}

TEST_F(JournalChainTest, FindsAnEventThatIsToldTwice) {
  {
    OpenStore store(path());
    PollResult again = full_result(sample_target(0), 3, 0);
    ASSERT_EQ(commit_and_wait(store.store(), again), CommitStatus::Committed);
  }
  expect_findings(verify(), {"entry 1 and entry 9 tell of the same event"});
}

TEST_F(JournalChainTest, FindsASinkThatStandsWhereNothingIs) {
  run_sql(path(), "INSERT INTO cursors VALUES ('log', 99), ('hook', -5), ('good', 8)");
  expect_findings(verify(), {"sink hook stands at entry -5", "sink log stands at entry 99"});
  OpenStore store(path());
  EXPECT_EQ(store->open_cursor("log").value(), 0U);
  EXPECT_EQ(store->open_cursor("hook").value(), 0U);
  EXPECT_EQ(store->open_cursor("good").value(), 8U);
}

TEST_F(JournalChainTest, FindsAJournalThatWasEmptied) {
  run_sql(path(),
          "DELETE FROM journal; DELETE FROM totals; DELETE FROM target_counters;"
          "DELETE FROM sqlite_sequence; DELETE FROM jobs");
  expect_findings(verify(), {"the journal is empty"});
}

TEST_F(JournalChainTest, FindsThatTheHighestNumberWasForgotten) {
  run_sql(path(), "DELETE FROM sqlite_sequence");
  expect_findings(verify(), {"the highest number ever given"});
}

TEST_F(JournalChainTest, FindsAJobThatWasMadeToLookBetter) {
  run_sql(path(), "UPDATE jobs SET state = 1");
  EXPECT_EQ(verify().findings.size(), 5U);
}

TEST_F(JournalChainTest, ContainsEveryHeadThatItEverHad) {
  std::vector<ChainHead> heads;
  {
    OpenStore store(path());
    for (const JournalEntry& entry : *store->read_after(0, 100)) {
      heads.push_back({entry.seq, entry.hash});
    }
  }
  ASSERT_EQ(heads.size(), 8U);
  for (const ChainHead& head : heads) {
    EXPECT_TRUE(verify(head).sound());
    EXPECT_EQ(parse_head(to_string(head)), head);
  }
  heads[4].hash[0] ^= 1U;
  expect_findings(verify(heads[4]), {"is not in the chain"});
  expect_findings(verify(ChainHead{9, heads[3].hash}), {"the chain ends at entry 8"});
}

TEST_F(JournalChainTest, AChainRewrittenWholeIsFoundByAHeadThatWasAnnounced) {
  const ChainHead announced = verify().head;
  std::vector<JournalEntry> entries;
  {
    OpenStore store(path());
    entries = *store->read_after(0, 100);
  }
  TemporaryFolder elsewhere;
  const std::string forged = elsewhere.file("store.db");
  {
    OpenStore store(forged);
    for (unsigned i = 0; i < 8; ++i) {
      ASSERT_EQ(record(store, {{NoteKind::DaemonStarted, hour(0)}}), CommitStatus::Committed);
    }
  }
  EXPECT_TRUE(verify_store(forged, {})->sound());
  expect_findings(*verify_store(forged, announced), {"is not in the chain"});
}

TEST_F(JournalChainTest, RetentionCutsAPrefixAndWhatIsLeftIsProved) {
  const ChainHead before = verify().head;
  cut(hour(3));
  const Verification after = verify(before);
  EXPECT_TRUE(after.sound()) << testing::PrintToString(after.findings);
  EXPECT_EQ(after.anchor.seq, 3U);
  EXPECT_EQ(after.head.seq, 9U);  // the run is noted
  EXPECT_TRUE(verify(after.anchor).sound());
  expect_findings(verify(ChainHead{2, before.hash}), {"retention has cut"});
}

TEST_F(JournalChainTest, RetentionAddsUp) {
  for (const int horizon : {1, 2, 4, 7}) {
    cut(hour(horizon));
    const Verification verification = verify();
    EXPECT_TRUE(verification.sound()) << testing::PrintToString(verification.findings);
    EXPECT_EQ(verification.anchor.seq, static_cast<std::uint64_t>(horizon));
  }
}

TEST_F(JournalChainTest, FindsAnAnchorThatWasMoved) {
  cut(hour(3));
  run_sql(path(),
          "UPDATE anchor_totals SET value = value + 1;"
          "UPDATE totals SET value = value + 1 WHERE name IN (SELECT name FROM "
          "anchor_totals)");
  expect_findings(verify(), {"the anchor is not the one"});
}

TEST_F(JournalChainTest, CanBeProvedWhileItIsWritten) {
  OpenStore store(path());
  ASSERT_EQ(record(store, {{NoteKind::DaemonStarted, hour(9)}}), CommitStatus::Committed);
  const Verification verification = verify();
  EXPECT_TRUE(verification.sound());
  EXPECT_EQ(verification.head.seq, 9U);
}

TEST_F(JournalChainTest, IsProvedThroughALinkWithWhatIsStillInTheLog) {
  OpenStore store(path());
  ASSERT_EQ(record(store, {{NoteKind::DaemonStarted, hour(9)}}), CommitStatus::Committed);
  std::filesystem::create_symlink(path(), folder_.file("link.db"));
  EXPECT_EQ(verify_store(folder_.file("link.db"), {})->head.seq, 9U);
}

TEST_F(JournalChainTest, ProvingLeavesNoFileBehind) {
  const std::string odd = folder_.file("50% of #1?.db");
  std::filesystem::rename(path(), odd);
  EXPECT_TRUE(verify_store(odd, {})->sound());
  for (const char* const suffix : {"-wal", "-shm"}) {
    EXPECT_FALSE(std::filesystem::exists(odd + suffix)) << suffix;
  }
}

TEST_F(JournalChainTest, GoesOnBehindACommitThatCouldNotBeStored) {
  {
    OpenStore store(path());
    PollResult huge = full_result(sample_target(7), 0);
    huge.transitions.front().project_name.assign(32U << 20U, 'x');
    std::vector<Note> notes{{NoteKind::DaemonStarted, hour(9)}};
    auto first = start_commit(store.store(), huge);
    ASSERT_EQ(record(store, notes), CommitStatus::Committed);
    EXPECT_EQ(answer_of(std::move(first)), CommitStatus::Failed);
  }
  EXPECT_TRUE(verify().sound());
  EXPECT_EQ(verify().head.seq, 9U);
}

TEST(VerifyTest, SaysWhatIsNoStore) {
  TemporaryFolder folder;
  ASSERT_EQ(mkfifo(folder.file("pipe").c_str(), 0600), 0);
  EXPECT_EQ(verify_store(folder.file("pipe"), {}).error().kind, ErrorKind::Storage);
  EXPECT_EQ(verify_store(folder.file("missing.db"), {}).error().kind, ErrorKind::Storage);
  run_sql(folder.file("other.db"), "CREATE TABLE x (y)");
  EXPECT_EQ(verify_store(folder.file("other.db"), {}).error().kind, ErrorKind::BadConfig);
}

TEST(VerifyTest, ReadsNoHeadFromAnythingElse) {
  const std::string hash(64, 'a');
  EXPECT_TRUE(parse_head("12:" + hash));
  for (const std::string& text : {std::string(), hash, ":" + hash, "12:" + hash + "a", "-1:" + hash,
                                  "1 :" + hash, "99999999999999999999:" + hash}) {
    EXPECT_FALSE(parse_head(text)) << text;
  }
}

}  // namespace
}  // namespace restorewatch
