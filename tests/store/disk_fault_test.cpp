// A disk that gives errors, for a while and at any step: commits fail whole, the store says so
// once, and goes on by itself when the disk does.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <sstream>

#include "store/commit_answer.h"
#include "store/faulty_vfs.h"
#include "store/open_store.h"
#include "store/store_history.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

const std::set<FileAct> kEverything{FileAct::Open,     FileAct::Read, FileAct::Write,
                                    FileAct::Truncate, FileAct::Sync, FileAct::Delete,
                                    FileAct::MapShared};

class DiskFaultTest : public testing::Test {
 protected:
  void SetUp() override { testing::internal::CaptureStderr(); }
  void TearDown() override { said_ += testing::internal::GetCapturedStderr(); }

  std::string path() const { return folder_.file("store.db"); }

  CommitStatus commit(OpenStore& store) {
    const CommitStatus status = commit_and_wait(store.store(), history_.next());
    if (status != CommitStatus::Committed) history_.take_back();
    return status;
  }
  void expect_all_and_no_more(OpenStore& store) {
    EXPECT_EQ(history_.expect_some_moment(store.store()), history_.commits());
  }

  /// Lines of the log so far that hold the text.
  std::ptrdiff_t lines_with(std::string_view text) {
    said_ += testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
    std::istringstream lines(said_);
    std::ptrdiff_t found = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.find(text) != std::string::npos) ++found;
    }
    return found;
  }

  TemporaryFolder folder_{parent_in_memory()};
  std::string said_;
  FaultyVfs disk_;
  StoreHistory history_{1};
};

struct FaultCase {
  std::string_view name;
  FileAct act;
  int code;
  std::string_view reason;  // part of what the log says
};

class WriteFaultTest : public DiskFaultTest, public testing::WithParamInterface<FaultCase> {
 protected:
  static FaultyVfs::Fault fault() { return {{GetParam().act}, GetParam().code}; }
};

TEST_P(WriteFaultTest, FailsCommitsWholeSaysSoOnceAndIsOverWhenTheDiskIsWell) {
  {
    OpenStore store(path());
    ASSERT_EQ(commit(store), CommitStatus::Committed);
    EXPECT_EQ(store.gauge("restorewatch_store_writable"), 1);

    disk_.fail(fault());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(commit(store), CommitStatus::Failed);
    EXPECT_FALSE(store->healthy());
    EXPECT_EQ(store.gauge("restorewatch_store_writable"), 0);
    EXPECT_EQ(store.counter("restorewatch_store_commits_total", "failed"), 3);
    EXPECT_GT(disk_.struck(), 0);

    disk_.heal();
    expect_all_and_no_more(store);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(commit(store), CommitStatus::Committed);
    EXPECT_TRUE(store->healthy());
    EXPECT_EQ(store.gauge("restorewatch_store_writable"), 1);
    EXPECT_EQ(lines_with("store: cannot write"), 1);
    EXPECT_EQ(lines_with(GetParam().reason), 1) << said_;
    EXPECT_EQ(lines_with("store: writing works again"), 1);
    expect_all_and_no_more(store);
  }
  OpenStore again(path());
  expect_all_and_no_more(again);
}

// Also in the middle of a checkpoint, of a log's restart, of closing.
TEST_P(WriteFaultTest, AtRandomStepsNothingIsLostHalfOrTwice) {
  for (std::uint32_t life = 0; life < 4; ++life) {
    SCOPED_TRACE(life);
    {
      OpenStore store(path());
      FaultyVfs::Fault now_and_then = fault();
      now_and_then.percent = 10;
      now_and_then.seed = life;
      disk_.fail(now_and_then);
      for (int i = 0; i < 40; ++i) commit(store);
    }
    disk_.heal();
    OpenStore store(path());
    expect_all_and_no_more(store);
    EXPECT_EQ(commit(store), CommitStatus::Committed);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Faults, WriteFaultTest,
    testing::Values(FaultCase{"WriteError", FileAct::Write, SQLITE_IOERR_WRITE, "disk I/O error"},
                    FaultCase{"FullDisk", FileAct::Write, SQLITE_FULL, "make room"},
                    FaultCase{"SyncError", FileAct::Sync, SQLITE_IOERR_FSYNC, "disk I/O error"}),
    [](const auto& test) { return std::string(test.param.name); });

// The commit is in the log then, whole, and nobody knows whether it will last.
TEST_F(DiskFaultTest, ACommitWhoseSyncFailedIsThereWhollyOrNotAtAllAfterACrash) {
  const TemporaryFolder after_the_crash(parent_in_memory());
  OpenStore store(path());
  ASSERT_EQ(commit(store), CommitStatus::Committed);
  const std::size_t announced = history_.commits();
  disk_.fail({{FileAct::Sync}, SQLITE_IOERR_FSYNC});
  ASSERT_EQ(commit_and_wait(store.store(), history_.next()), CommitStatus::Failed);
  for (const char* const suffix : {"", "-wal"}) {
    std::filesystem::copy(path() + suffix, after_the_crash.file("store.db") + suffix);
  }
  disk_.heal();

  OpenStore again(after_the_crash.file("store.db"));
  const std::size_t there = history_.expect_some_moment(again.store());
  EXPECT_GE(there, announced);
  EXPECT_LE(there, announced + 1);
}

TEST_F(DiskFaultTest, AnErrorWhileReadingIsToldAndIsOverWhenTheDiskIsWell) {
  {
    OpenStore store(path());
    for (int i = 0; i < 20; ++i) ASSERT_EQ(commit(store), CommitStatus::Committed);
  }
  OpenStore store(path());  // nothing of it is in memory
  disk_.fail({{FileAct::Read}, SQLITE_IOERR_READ});
  for (const auto& error : {store->load(sample_target()).error(), store->read_after(0, 100).error(),
                            store->load_totals().error(), store->load_inventory().error()}) {
    EXPECT_EQ(error.kind, ErrorKind::Storage);
    EXPECT_NE(error.detail.find(path() + ": disk I/O error"), std::string::npos) << error.detail;
  }
  disk_.heal();
  expect_all_and_no_more(store);
  EXPECT_EQ(commit(store), CommitStatus::Committed);
}

/// Fails the step that is `step` from now, when opening what `prepare` has left. Whether one did.
bool open_with_fault(FaultyVfs& disk, const std::string& path, int step) {
  disk.fail({kEverything, SQLITE_IOERR, step, 1});
  const SystemClock clock;
  Telemetry telemetry;
  const auto opened = SqliteStore::open(options_for(path), {clock, telemetry, Log()});
  if (!opened) {
    EXPECT_NE(opened.error().detail.find(path), std::string::npos) << opened.error().detail;
  }
  const bool struck = disk.struck() > 0;
  disk.heal();
  return struck;
}

TEST_F(DiskFaultTest, AtAnyStepOfOpeningANewStoreItIsRefusedAndOpensLater) {
  int step = 0;
  for (bool struck = true; struck; ++step) {
    SCOPED_TRACE(step);
    const TemporaryFolder folder(parent_in_memory());
    struck = open_with_fault(disk_, folder.file("store.db"), step);
    OpenStore store(folder.file("store.db"));
    EXPECT_EQ(store->last_seq().value(), 0U);
  }
  EXPECT_GT(step, 20);
}

TEST_F(DiskFaultTest, AtAnyStepOfOpeningAfterACrashNothingIsLost) {
  const TemporaryFolder crashed(parent_in_memory());
  OpenStore store(path());
  for (int i = 0; i < 10; ++i) ASSERT_EQ(commit(store), CommitStatus::Committed);
  int step = 0;
  for (bool struck = true; struck; ++step) {
    SCOPED_TRACE(step);
    const std::string copy = crashed.file(std::to_string(step));
    for (const char* const suffix : {"", "-wal"}) {
      std::filesystem::copy(path() + suffix, copy + suffix);
    }
    struck = open_with_fault(disk_, copy, step);
    OpenStore again(copy);
    expect_all_and_no_more(again);
  }
  EXPECT_GT(step, 20);
}

}  // namespace
}  // namespace restorewatch
