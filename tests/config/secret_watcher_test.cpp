#include "config/secret_watcher.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "config/config_folder.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_loop.h"

namespace restorewatch {
namespace {

class SecretWatcherTest : public testing::Test {
 protected:
  SecretWatcherTest() {
    testing::internal::CaptureStderr();
    folder_.write("secret", "hunter-old\n");
    watch(folder_.at("secret"));
    watcher_.start();
  }
  ~SecretWatcherTest() override {
    const std::string log = said();
    testing::internal::GetCapturedStderr();
    EXPECT_EQ(log.find("hunter"), std::string::npos) << log;
  }

  void watch(const std::string& path, const char* in_use = "hunter-old") {
    watcher_.watch({{"credential main", path, Secret(in_use),
                     [this](const Secret& now) { changes_.push_back(now.reveal()); }}});
  }

  void look() { loop_.run_for(SecretWatcher::kEvery); }

  /// All that has been logged.
  const std::string& said() {
    said_ += testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
    return said_;
  }
  std::size_t said_times(const std::string& what) {
    const std::string& log = said();
    std::size_t times = 0;
    for (auto at = log.find(what); at != std::string::npos; at = log.find(what, at + 1)) ++times;
    return times;
  }

  ConfigFolder folder_;
  ManualClock clock_;
  FakeLoop loop_{clock_};
  SecretWatcher watcher_{loop_, clock_, Log(clock_, {})};
  std::vector<std::string> changes_;
  std::string said_;
};

TEST_F(SecretWatcherTest, SaysNothingWhileNothingChanges) {
  for (int i = 0; i < 5; ++i) look();
  folder_.write("secret", "hunter-old");  // but for white space
  look();
  EXPECT_TRUE(changes_.empty());
}

TEST_F(SecretWatcherTest, SeesWhatIsWrittenInPlaceOnce) {
  folder_.write("secret", "hunter-new\n");
  EXPECT_TRUE(changes_.empty());
  for (int i = 0; i < 3; ++i) look();
  EXPECT_EQ(changes_, std::vector<std::string>{"hunter-new"});
}

TEST_F(SecretWatcherTest, SeesAFileThatIsRenamedOverIt) {
  folder_.write("draft", "hunter-new\n");
  std::filesystem::rename(folder_.at("draft"), folder_.at("secret"));
  look();
  EXPECT_EQ(changes_, std::vector<std::string>{"hunter-new"});
}

// As Kubernetes mounts a secret: a link to a folder, which is replaced as a whole.
TEST_F(SecretWatcherTest, SeesALinkAboveItThatLeadsElsewhere) {
  namespace fs = std::filesystem;
  for (const char* version : {"v1", "v2"}) fs::create_directory(folder_.at(version));
  folder_.write("v1/key", "hunter-1\n");
  folder_.write("v2/key", "hunter-2\n");
  fs::create_directory_symlink("v1", folder_.at("data"));
  fs::create_symlink("data/key", folder_.at("key"));
  watch(folder_.at("key"), "hunter-1");
  look();
  EXPECT_TRUE(changes_.empty());
  fs::create_directory_symlink("v2", folder_.at("data.next"));
  fs::rename(folder_.at("data.next"), folder_.at("data"));
  look();
  EXPECT_EQ(changes_, std::vector<std::string>{"hunter-2"});
}

TEST_F(SecretWatcherTest, AnEmptyMissingOrUnreadableFileChangesNothingAndIsToldOnce) {
  folder_.write("secret", "");
  for (int i = 0; i < 3; ++i) look();
  EXPECT_EQ(said_times("is empty"), 1U);
  std::filesystem::remove(folder_.at("secret"));
  for (int i = 0; i < 3; ++i) look();
  EXPECT_EQ(said_times("no such file"), 1U);
  std::filesystem::create_directory(folder_.at("secret"));
  for (int i = 0; i < 3; ++i) look();
  EXPECT_EQ(said_times("is a directory"), 1U);
  EXPECT_TRUE(changes_.empty());
  std::filesystem::remove(folder_.at("secret"));
  folder_.write("secret", "hunter-new\n");
  look();
  EXPECT_EQ(said_times("can be read again"), 1U);
  EXPECT_EQ(changes_, std::vector<std::string>{"hunter-new"});
}

TEST_F(SecretWatcherTest, WhatIsWatchedCanBeReplaced) {
  folder_.write("other", "hunter-other\n");
  watch(folder_.at("other"), "hunter-other");
  folder_.write("secret", "hunter-new\n");
  look();
  EXPECT_TRUE(changes_.empty());
  folder_.write("other", "hunter-more\n");
  look();
  EXPECT_EQ(changes_, std::vector<std::string>{"hunter-more"});
}

TEST_F(SecretWatcherTest, AChangeMayReplaceWhatIsWatched) {
  watcher_.watch({{"credential main", folder_.at("secret"), Secret("hunter-before"),
                   [this](const Secret&) { watch(folder_.at("secret")); }}});
  look();
  folder_.write("secret", "hunter-new\n");
  look();
  EXPECT_EQ(changes_, std::vector<std::string>{"hunter-new"});
}

TEST_F(SecretWatcherTest, StopsWhenToldTo) {
  watcher_.stop();
  folder_.write("secret", "hunter-new\n");
  for (int i = 0; i < 3; ++i) look();
  EXPECT_TRUE(changes_.empty());
  EXPECT_EQ(loop_.timers(), 0U);
}

}  // namespace
}  // namespace restorewatch
