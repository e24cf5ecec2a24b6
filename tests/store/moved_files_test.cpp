// The store's files are removed, renamed or replaced under the running daemon: it must not go on
// writing into files that nobody will ever find.

#include <gtest/gtest.h>

#include <filesystem>

#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/store_history.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

class MovedFilesTest : public testing::TestWithParam<const char*> {
 protected:
  std::string path() const { return folder_.file("store.db"); }
  std::string file() const { return path() + GetParam(); }
  std::string aside() const { return folder_.file("aside"); }

  CommitStatus commit(OpenStore& store) {
    const CommitStatus status = commit_and_wait(store.store(), history_.next());
    if (status != CommitStatus::Committed) history_.take_back();
    return status;
  }
  void expect_not_writable(OpenStore& store, std::string_view why) {
    testing::internal::CaptureStderr();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(commit(store), CommitStatus::Failed);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find(file() + std::string(why)), std::string::npos) << said;
    EXPECT_EQ(said.find('\n'), said.size() - 1) << "more than one line: " << said;
    EXPECT_FALSE(store->healthy());
    EXPECT_EQ(store.gauge("restorewatch_store_writable"), 0);
  }
  void expect_everything(OpenStore& store) {
    EXPECT_EQ(history_.expect_some_moment(store.store()), history_.commits());
  }

  TemporaryFolder folder_;
  StoreHistory history_{1};
};

TEST_P(MovedFilesTest, NothingIsWrittenUntilARemovedFileIsBack) {
  {
    OpenStore store(path());
    ASSERT_EQ(commit(store), CommitStatus::Committed);
    std::filesystem::rename(file(), aside());
    expect_not_writable(store, " is gone");
    expect_everything(store);  // reading goes on
    std::filesystem::rename(aside(), file());
    EXPECT_EQ(commit(store), CommitStatus::Committed);
    EXPECT_TRUE(store->healthy());
    EXPECT_EQ(store.gauge("restorewatch_store_writable"), 1);
  }
  OpenStore again(path());
  expect_everything(again);
}

TEST_P(MovedFilesTest, NothingIsWrittenWhileAnotherFileIsInItsPlace) {
  OpenStore store(path());
  ASSERT_EQ(commit(store), CommitStatus::Committed);
  std::filesystem::copy(file(), aside());
  std::filesystem::rename(aside(), file());
  expect_not_writable(store, " is another file");
}

INSTANTIATE_TEST_SUITE_P(Files, MovedFilesTest, testing::Values("", "-wal", "-shm"),
                         [](const auto& test) {
                           const std::string suffix = test.param;
                           return suffix.empty() ? "Main" : suffix.substr(1);
                         });

class MovedStoreTest : public MovedFilesTest {};

TEST_P(MovedStoreTest, ASavedInventoryIsNotWrittenEither) {
  OpenStore store(path());
  std::filesystem::rename(path(), aside());
  store->save_inventory({KnownProject{}});
  store->drain();
  EXPECT_FALSE(store->healthy());
  EXPECT_TRUE(store->load_inventory()->empty());
}

// As when its disk is unmounted.
TEST_P(MovedStoreTest, AFolderThatIsGoneAndComesBack) {
  const std::string folder = folder_.file("folder");
  std::filesystem::create_directory(folder);
  OpenStore store(folder + "/store.db");
  std::filesystem::rename(folder, aside());
  EXPECT_EQ(commit(store), CommitStatus::Failed);
  std::filesystem::rename(aside(), folder);
  EXPECT_EQ(commit(store), CommitStatus::Committed);
}

// A daemon that ends must not touch the log of the store that has taken the place of its own.
TEST_P(MovedStoreTest, AnotherStoreInItsPlaceIsLeftAlone) {
  std::filesystem::create_directory(aside());
  {
    OpenStore store(path());
    ASSERT_EQ(commit(store), CommitStatus::Committed);
    for (const char* const suffix : {"", "-wal"}) {
      std::filesystem::copy(path() + suffix, aside() + "/store.db" + suffix);
    }
    ASSERT_EQ(commit(store), CommitStatus::Committed);
    history_.take_back();  // the copy is older
    for (const char* const suffix : {"", "-wal"}) {
      std::filesystem::rename(aside() + "/store.db" + suffix, path() + suffix);
    }
    std::filesystem::remove(path() + "-shm");
  }
  OpenStore again(path());
  expect_everything(again);
}

TEST_P(MovedStoreTest, ASymbolicLinkIsFollowedToAllFiles) {
  const std::string link = folder_.file("link.db");
  std::filesystem::create_symlink(path(), link);
  {
    OpenStore store(link);
    EXPECT_EQ(commit(store), CommitStatus::Committed);
    EXPECT_TRUE(std::filesystem::exists(path() + "-wal"));
    std::filesystem::rename(path() + "-wal", aside());
    EXPECT_EQ(commit(store), CommitStatus::Failed);
    std::filesystem::rename(aside(), path() + "-wal");
    std::filesystem::remove(link);
    EXPECT_EQ(commit(store), CommitStatus::Failed);
  }
  OpenStore again(path());
  expect_everything(again);
}

INSTANTIATE_TEST_SUITE_P(Once, MovedStoreTest, testing::Values(""),
                         [](const auto&) { return "Main"; });

}  // namespace
}  // namespace restorewatch
