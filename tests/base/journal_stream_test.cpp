#include "base/journal_stream.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string>

namespace restorewatch {
namespace {

class JournalStreamTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(pipe(pipe_.data()), 0);
    struct stat file {};
    ASSERT_EQ(fstat(pipe_[1], &file), 0);
    device_ = std::to_string(file.st_dev);
    inode_ = std::to_string(file.st_ino);
  }
  void TearDown() override {
    for (const int fd : pipe_) close(fd);
  }

  std::array<int, 2> pipe_{-1, -1};
  std::string device_;
  std::string inode_;
};

TEST_F(JournalStreamTest, IsTheFileOfThisDeviceAndInode) {
  EXPECT_TRUE(is_stream(pipe_[1], device_ + ":" + inode_));
}

TEST_F(JournalStreamTest, IsNoOtherFile) {
  for (const std::string& stream :
       {std::string(), std::string(":"), device_ + ":", ":" + inode_, device_ + ":" + inode_ + "1",
        device_ + "1:" + inode_, inode_ + ":" + device_ + ":", device_ + ":" + inode_ + " ",
        std::string("99999999999999999999999:1")}) {
    EXPECT_FALSE(is_stream(pipe_[1], stream)) << stream;
  }
}

TEST_F(JournalStreamTest, AClosedFileIsNone) {
  EXPECT_FALSE(is_stream(-1, "0:0"));
}

TEST(JournalPrefixTest, IsTheSyslogPriority) {
  EXPECT_EQ(journal_prefix(LogLevel::Error), "<3>");
  EXPECT_EQ(journal_prefix(LogLevel::Warn), "<4>");
  EXPECT_EQ(journal_prefix(LogLevel::Info), "<6>");
  EXPECT_EQ(journal_prefix(LogLevel::Debug), "<7>");
}

}  // namespace
}  // namespace restorewatch
