#include "config/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "config_folder.h"

namespace restorewatch {
namespace {

class SecretsTest : public testing::Test {
 protected:
  Result<SecretFile> read(const std::string& name) const {
    return read_secret_file({config_.at("restorewatch.yaml"), systemd_.path()}, name);
  }
  std::string error_of(std::string_view contents) const {
    const Result<SecretFile> file = read(config_.write("secret", contents));
    return file ? "none" : file.error().detail;
  }

  ConfigFolder config_;
  ConfigFolder systemd_;
};

TEST_F(SecretsTest, DropsWhiteSpaceAtTheEndOnly) {
  const Result<SecretFile> file = read(config_.write("secret", "s3cr3t+/=~!\t \r\n\n"));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->secret.reveal(), "s3cr3t+/=~!");
}

TEST_F(SecretsTest, ABareNameIsSystemdsFirst) {
  config_.write("name", "beside");
  EXPECT_EQ(read("name")->secret.reveal(), "beside");
  systemd_.write("name", "systemd");
  EXPECT_EQ(read("name")->secret.reveal(), "systemd");
  EXPECT_EQ(read("./name")->secret.reveal(), "beside");
}

TEST_F(SecretsTest, AnUnusableFileOfSystemdsIsNotPassedOver) {
  config_.write("name", "beside");
  ASSERT_EQ(::mkdir(systemd_.at("name").c_str(), 0700), 0);
  ASSERT_FALSE(read("name"));
  EXPECT_EQ(read("name").error().detail, "is a directory, not a file");
}

TEST_F(SecretsTest, SaysWhereABareNameWasLookedFor) {
  EXPECT_EQ(read("name").error().detail,
            "no such file in $CREDENTIALS_DIRECTORY or beside the configuration file");
  EXPECT_EQ(read_secret_file({config_.at("restorewatch.yaml"), ""}, "name").error().detail,
            "no such file beside the configuration file ($CREDENTIALS_DIRECTORY, the first place "
            "for a bare name, is not set)");
}

TEST_F(SecretsTest, AConfigurationFileWithoutAFolderMeansTheWorkingDirectory) {
  const Result<SecretFile> file = read_secret_file({"restorewatch.yaml", ""}, "nowhere/name");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().detail, "no such file");
}

TEST_F(SecretsTest, RefusesContentsThatAreNoSecret) {
  const std::string not_one_line =
      "the file must hold one line of printable ASCII characters without spaces";
  EXPECT_EQ(error_of(""), "the file is empty");
  EXPECT_EQ(error_of(" \r\n\t\n"), "the file is empty");
  EXPECT_EQ(error_of("one\ntwo\n"), not_one_line);
  EXPECT_EQ(error_of("one two"), not_one_line);
  EXPECT_EQ(error_of(" one"), not_one_line);
  EXPECT_EQ(error_of(std::string_view("one\0", 4)), not_one_line);
  EXPECT_EQ(error_of("\xEF\xBB\xBFone"), not_one_line);
  EXPECT_EQ(error_of("one\x7F"), not_one_line);
}

TEST_F(SecretsTest, FourKibibytesAreTheMost) {
  EXPECT_EQ(error_of(std::string(4096, 'x')), "none");
  EXPECT_EQ(error_of(std::string(4097, 'x')), "is larger than 4 KiB");
}

TEST_F(SecretsTest, RefusesWhatIsNoRegularFileWithoutWaitingForIt) {
  const std::string pipe = config_.at("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(read(pipe).error().detail, "is not a regular file");
  EXPECT_EQ(read(config_.path() + "/").error().detail, "is a directory, not a file");
}

TEST_F(SecretsTest, SaysWhyTheSystemRefuses) {
  const std::string file = config_.write("file", "x");
  EXPECT_EQ(read(file + "/below").error().detail, "cannot be read: Not a directory");
}

TEST_F(SecretsTest, NoticesThatEverybodyCanRead) {
  EXPECT_FALSE(read(config_.write("secret", "x", 0640))->readable_by_others);
  EXPECT_TRUE(read(config_.write("secret", "x", 0644))->readable_by_others);
}

}  // namespace
}  // namespace restorewatch
