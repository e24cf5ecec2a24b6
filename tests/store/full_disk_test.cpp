// A disk that is really full, or a file that really may not grow: what the kernel answers, rather
// than what a test thinks that it would.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>

#include "store/child_process.h"
#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/store_history.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

constexpr std::size_t kRoom = 512U << 10U;

/// Takes away the room that a store's folder has, and gives it back. Made in a child process.
class Room {
 public:
  virtual ~Room() = default;
  virtual void take() = 0;
  virtual void give_back() = 0;
};

/// As `ulimit -f` or a quota does: files cannot grow beyond a size.
class SizeLimit final : public Room {
 public:
  SizeLimit() {
    ::signal(SIGXFSZ, SIG_IGN);  // else it ends the process
    ::getrlimit(RLIMIT_FSIZE, &before_);
  }
  void take() override {
    const rlimit limit{kRoom, before_.rlim_max};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) throw std::runtime_error("no limit");
  }
  void give_back() override { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

/// A file system in memory, seen by this process only and gone with it.
class SmallFileSystem final : public Room {
 public:
  explicit SmallFileSystem(const std::string& folder) : ballast_(folder + "/ballast") {
    const std::string options = "size=" + std::to_string(8 * kRoom);
    const bool mounted = ::unshare(CLONE_NEWNS) == 0 &&
                         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
    if (!mounted) throw std::runtime_error("may not mount");
  }
  void take() override {
    const int file = ::open(ballast_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const std::string block(4096, 'x');
    while (::write(file, block.data(), block.size()) > 0) {
    }
    ::close(file);
  }
  void give_back() override { std::filesystem::remove(ballast_); }

 private:
  std::string ballast_;
};

/// Lives through a shortage of room; empty when all was as it should be, else what was not.
std::string live_through(Room& room, const std::string& path) {
  StoreHistory history(1);
  auto opened = std::make_unique<OpenStore>(path);
  OpenStore& store = *opened;
  std::string wrong;
  const auto commit = [&] {
    const CommitStatus status = commit_and_wait(store.store(), history.next());
    if (status != CommitStatus::Committed) history.take_back();
    return status == CommitStatus::Committed;
  };
  if (!commit()) wrong += "the first commit failed; ";
  room.take();
  int committed = 0;
  while (committed < 1000 && commit()) ++committed;
  if (committed == 1000) wrong += "it never became full; ";
  if (store->healthy() || store.gauge("restorewatch_store_writable") != 0) wrong += "healthy; ";
  if (history.expect_some_moment(store.store()) != history.commits()) wrong += "lost or half; ";
  room.give_back();
  for (int i = 0; i < 10; ++i) {
    if (!commit()) wrong += "does not recover; ";
  }
  if (!store->healthy()) wrong += "not healthy again; ";
  if (history.expect_some_moment(store.store()) != history.commits()) wrong += "lost later; ";
  opened = nullptr;
  OpenStore again(path);
  if (history.expect_some_moment(again.store()) != history.commits()) wrong += "lost at the end; ";
  return wrong;
}

class FullDiskTest : public testing::Test {
 protected:
  template <typename MakeRoom>
  std::string said_by_child(const MakeRoom& make_room) {
    ChildProcess child([&](const ChildProcess::Say& say) {
      std::unique_ptr<Room> room;
      try {
        room = make_room();
      } catch (const std::exception& e) {
        say(e.what());
        return;
      }
      const std::string wrong = live_through(*room, folder_.file("store.db"));
      say(wrong.empty() && !testing::Test::HasFailure() ? "fine" : "wrong: " + wrong);
    });
    return child.hear_all();
  }

  TemporaryFolder folder_;
};

TEST_F(FullDiskTest, FilesThatMayNotGrowFailCommitsUntilTheyMay) {
  EXPECT_EQ(said_by_child([] { return std::make_unique<SizeLimit>(); }), "fine");
}

TEST_F(FullDiskTest, AFullFileSystemFailsCommitsUntilThereIsRoom) {
  const std::string said =
      said_by_child([this] { return std::make_unique<SmallFileSystem>(folder_.path()); });
  if (said == "may not mount") GTEST_SKIP() << "this user may not mount; the limit is tested above";
  EXPECT_EQ(said, "fine");
}

}  // namespace
}  // namespace restorewatch
