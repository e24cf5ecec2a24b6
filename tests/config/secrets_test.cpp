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
    const std::string path = config_.write("secret", contents);
    const Result<SecretFile> file = read(path);
    if (file) return "none";
    EXPECT_TRUE(file.error().detail.starts_with(path + " ")) << file.error().detail;
    return file.error().detail.substr(path.size() + 1);
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
  EXPECT_EQ(read("name").error().detail, systemd_.at("name") + " is a directory, not a file");
}

TEST_F(SecretsTest, NamesThePathsThatWereTried) {
  EXPECT_EQ(read("name").error().detail, "no such file: " + systemd_.at("name") +
                                             " ($CREDENTIALS_DIRECTORY) or " + config_.at("name"));
  EXPECT_EQ(read("below/name").error().detail, "no such file: " + config_.at("below/name"));
  EXPECT_EQ(read_secret_file({config_.at("restorewatch.yaml"), ""}, "name").error().detail,
            "no such file: " + config_.at("name") +
                " ($CREDENTIALS_DIRECTORY, the first place for a bare name, is not set)");
}

TEST_F(SecretsTest, DoesNotShowANameThatLooksLikeASecret) {
  const std::string hint =
      "no such file; this looks like the secret itself, and must name a file that holds it";
  for (const std::string name : {"mdb_sa_sk_Abc-_123", "01234567-89ab-CDEF-0123-456789abcdef"}) {
    for (const std::string& given : {name, "./" + name, "/nowhere/" + name}) {
      EXPECT_EQ(read(given).error().detail, hint) << given;
    }
    config_.write(name, "");
    EXPECT_EQ(read(name).error().detail, "the file is empty");
  }
  for (const std::string name :
       {"01234567-89ab-cdef-0123-456789abcdeg", "my_mdb_sa_sk_file",
        "01234567-89ab-cdef-0123-456789abcde", "0123456789abcdef0123456789abcdef0123"}) {
    EXPECT_NE(read(name).error().detail.find(name), std::string::npos) << name;
  }
}

TEST_F(SecretsTest, AConfigurationFileWithoutAFolderMeansTheWorkingDirectory) {
  const Result<SecretFile> file = read_secret_file({"restorewatch.yaml", ""}, "nowhere/name");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().detail, "no such file: nowhere/name");
}

TEST_F(SecretsTest, RefusesContentsThatAreNoSecret) {
  const std::string not_one_line =
      "must hold one line of printable ASCII characters without spaces";
  EXPECT_EQ(error_of(""), "is empty");
  EXPECT_EQ(error_of(" \r\n\t\n"), "is empty");
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
  EXPECT_EQ(read(pipe).error().detail, pipe + " is not a regular file");
  EXPECT_EQ(read(config_.path() + "/").error().detail,
            config_.path() + "/ is a directory, not a file");
}

TEST_F(SecretsTest, SaysWhyTheSystemRefuses) {
  const std::string file = config_.write("file", "x");
  EXPECT_EQ(read(file + "/below").error().detail, file + "/below cannot be read: Not a directory");
}

TEST_F(SecretsTest, NoticesThatEverybodyCanRead) {
  EXPECT_FALSE(read(config_.write("secret", "x", 0640))->readable_by_others);
  EXPECT_TRUE(read(config_.write("secret", "x", 0644))->readable_by_others);
}

}  // namespace
}  // namespace restorewatch
