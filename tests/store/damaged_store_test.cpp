// Damage in every sort of page: found at the start in a small file, when it is read in a large one,
// and never repaired by guessing.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "store/commit_answer.h"
#include "store/database.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

constexpr std::uintmax_t kTooLargeToCheck = 65U << 20U;

/// A table or an index; without a name the schema's own page.
struct Damaged {
  std::string_view name;
  const char* object;
};

/// The number that a statement gives.
std::int64_t number_of(const std::string& path, const std::string& sql) {
  std::int64_t number = 0;
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  const auto take = [](void* into, int, char** values, char**) {
    *static_cast<std::int64_t*>(into) = std::stoll(values[0]);
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), take, &number, nullptr), SQLITE_OK);
  sqlite3_close(database);
  return number;
}

class DamagedStoreTest : public testing::TestWithParam<Damaged> {
 protected:
  std::string path() const { return folder_.file("store.db"); }

  void make_store() {
    OpenStore store(path());
    for (unsigned i = 0; i < 20; ++i) {
      PollResult result = full_result(sample_target(i), 0);
      for (unsigned job = 1; job < 50; ++job) result.jobs.push_back(full_job(job));
      ASSERT_EQ(commit_and_wait(store.store(), result), CommitStatus::Committed);
    }
  }

  /// Overwrites the middle of the object's first page.
  void damage() {
    const std::string name = GetParam().object;
    const std::int64_t page =
        name.empty()
            ? 1
            : number_of(path(), "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'");
    const std::int64_t size = number_of(path(), "PRAGMA page_size");
    std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp((page - 1) * size + (page == 1 ? 100 : 0));  // behind the file's header
    file << std::string(2048, '\xa5');
  }

  static void expect_advice(const Error& error, const std::string& path) {
    EXPECT_EQ(error.kind, ErrorKind::Storage);
    EXPECT_NE(error.detail.find(path + " is not a sound store"), std::string::npos) << error.detail;
    EXPECT_NE(error.detail.find("move it aside"), std::string::npos) << error.detail;
  }

  TemporaryFolder folder_;
};

TEST_P(DamagedStoreTest, IsRefusedAtTheStart) {
  make_store();
  damage();
  expect_advice(refusal_of(path()), path());
}

TEST_P(DamagedStoreTest, InALargeFileIsToldWhenItIsRead) {
  make_store();
  damage();
  std::filesystem::resize_file(path(), kTooLargeToCheck);
  const SystemClock clock;
  Telemetry telemetry;
  auto opened = SqliteStore::open(options_for(path()), {clock, telemetry, Log()});
  if (!opened) return expect_advice(opened.error(), path());
  int told = 0;
  const auto look_at = [&](const auto& result) {
    if (result.ok()) return;
    ++told;
    expect_advice(result.error(), path());
  };
  look_at((*opened)->load(sample_target(3)));
  look_at((*opened)->load_totals());
  look_at((*opened)->read_after(0, 1000));
  look_at((*opened)->known_targets());
  EXPECT_GT(told, 0);
}

INSTANTIATE_TEST_SUITE_P(Pages, DamagedStoreTest,
                         testing::Values(Damaged{"Schema", ""}, Damaged{"Jobs", "jobs"},
                                         Damaged{"Journal", "journal"},
                                         Damaged{"Targets", "targets"}, Damaged{"Totals", "totals"},
                                         Damaged{"Index", "targets_by_name"}),
                         [](const auto& test) { return std::string(test.param.name); });

class ChangedSchemaTest : public testing::TestWithParam<const char*> {};

TEST_P(ChangedSchemaTest, IsRefusedWithAdvice) {
  const TemporaryFolder folder;
  const std::string path = folder.file("store.db");
  { const OpenStore store(path); }
  run_sql(path, GetParam());
  const Error error = refusal_of(path);
  EXPECT_EQ(error.kind, ErrorKind::Storage);
  EXPECT_NE(error.detail.find(path + " is not a sound store: "), std::string::npos) << error.detail;
  EXPECT_NE(error.detail.find("move it aside"), std::string::npos) << error.detail;
}

INSTANTIATE_TEST_SUITE_P(Changes, ChangedSchemaTest,
                         testing::Values("DROP TABLE totals", "DROP TABLE tags",
                                         "ALTER TABLE jobs RENAME COLUMN outcome TO result",
                                         "ALTER TABLE journal RENAME TO diary"),
                         [](const auto& test) { return "Number" + std::to_string(test.index); });

/// The state of a crash: a file, and a log with what came after its last checkpoint.
class LeftBehindLogTest : public testing::Test {
 protected:
  std::string path() const { return folder_.file("store.db"); }
  std::string older() const { return folder_.file("older.db"); }

  /// As after a kill, with commits of which the file alone knows the first; older() knows fewer.
  void crash() {
    OpenStore store(path());
    commit(store, 0, 20);
    run_sql(path(), "PRAGMA wal_checkpoint(PASSIVE)");
    std::filesystem::copy(path(), older());
    commit(store, 20, 60);
    run_sql(path(), "PRAGMA wal_checkpoint(PASSIVE)");
    commit(store, 60, 63);
    for (const char* const suffix : {"", "-wal"}) {
      std::filesystem::copy(path() + suffix, folder_.file("crashed.db") + suffix);
    }
  }
  static void commit(OpenStore& store, unsigned from, unsigned to) {
    for (unsigned i = from; i < to; ++i) {
      ASSERT_EQ(commit_and_wait(store.store(), full_result(sample_target(i), 0, i)),
                CommitStatus::Committed);
    }
  }

  TemporaryFolder folder_;
};

TEST_F(LeftBehindLogTest, IsReadIntoItsFile) {
  crash();
  OpenStore store(folder_.file("crashed.db"));
  EXPECT_EQ(store->last_seq().value(), 63U);
  EXPECT_EQ(store->read_after(0, 100)->size(), 63U);
}

// A backup that is only a little older, put beside the short log of a run that was killed.
TEST_F(LeftBehindLogTest, BesideABackupThatIsALittleOlderIsRefused) {
  const std::string crashed = folder_.file("crashed.db");
  {
    OpenStore store(path());
    commit(store, 0, 200);
  }
  std::filesystem::copy(path(), older());
  {
    OpenStore store(path());
    commit(store, 200, 240);
  }
  {
    OpenStore store(path());
    commit(store, 240, 241);
    std::filesystem::copy(path() + "-wal", crashed + "-wal");
  }
  std::filesystem::rename(older(), crashed);
  EXPECT_EQ(refusal_of(crashed).kind, ErrorKind::Storage);
}

// That is for verify to say. A run that was killed must not keep the next one from watching.
TEST_F(LeftBehindLogTest, AJournalThatHasLongHadAGapIsGoneOnWith) {
  crash();
  const std::string crashed = folder_.file("crashed.db");
  run_sql(crashed, "DELETE FROM journal WHERE seq = 5");
  {
    OpenStore store(crashed);
    ASSERT_EQ(commit_and_wait(store.store(), full_result(sample_target(90), 0, 90)),
              CommitStatus::Committed);
    for (const char* const suffix : {"", "-wal"}) {
      std::filesystem::copy(crashed + suffix, folder_.file("again.db") + suffix);
    }
  }
  OpenStore store(folder_.file("again.db"));
  EXPECT_EQ(store->last_seq().value(), 64U);
}

TEST_F(LeftBehindLogTest, BesideAnOlderCopyOfItsFileIsRefused) {
  crash();
  std::filesystem::rename(older(), folder_.file("crashed.db"));
  const Error error = refusal_of(folder_.file("crashed.db"));
  EXPECT_EQ(error.kind, ErrorKind::Storage);
  EXPECT_NE(error.detail.find("move it aside together with"), std::string::npos) << error.detail;
}

// Before a file of an earlier version is taken forward: later nothing would tell.
TEST_F(LeftBehindLogTest, OfAnEarlierVersionIsProvedAsWell) {
  std::filesystem::copy(RW_SOURCE_DIR "/tests/fixtures/store/version-2.db", path());
  auto database = Database::open(path(), Database::Mode::ReadWrite);
  ASSERT_TRUE(database.ok());
  ASSERT_TRUE(
      database->execute("CREATE TEMP TABLE last AS SELECT * FROM journal WHERE seq = 49;"
                        "UPDATE last SET seq = 51;"
                        "INSERT INTO journal SELECT * FROM last"));
  const std::string crashed = folder_.file("crashed.db");
  for (const char* const suffix : {"", "-wal"}) {
    std::filesystem::copy(path() + suffix, crashed + suffix);
  }
  const Error error = refusal_of(crashed);
  EXPECT_EQ(error.kind, ErrorKind::Storage);
  EXPECT_NE(error.detail.find("move it aside together with"), std::string::npos) << error.detail;
}

}  // namespace
}  // namespace restorewatch
