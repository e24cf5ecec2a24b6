#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "config/load_config.h"
#include "config_folder.h"

namespace restorewatch {
namespace {

std::vector<std::string> problems_of(const std::string& path) {
  return lines(load_config(path, "").problems);
}

/// File permissions bind everybody but root; as root, be nobody for a while.
class WithoutPrivileges {
 public:
  WithoutPrivileges() : was_(::geteuid()) {
    if (was_ == 0) changed_ = ::seteuid(kNobody) == 0;
  }
  ~WithoutPrivileges() {
    if (changed_ && ::seteuid(was_) != 0) std::abort();
  }
  WithoutPrivileges(const WithoutPrivileges&) = delete;
  WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  uid_t was_;
  bool changed_ = false;
};

TEST(ConfigFileTest, SaysWhatIsWrongWithTheFile) {
  const ConfigFolder folder;
  EXPECT_EQ(problems_of(folder.at("missing.yaml")), (std::vector<std::string>{"no such file"}));
  EXPECT_EQ(problems_of(folder.path()), (std::vector<std::string>{"is a directory, not a file"}));
  EXPECT_EQ(problems_of(folder.write("large.yaml", std::string((1U << 20U) + 1, '#'))),
            (std::vector<std::string>{"is larger than 1 MiB"}));
}

TEST(ConfigFileTest, SaysThatItMayNotReadTheFile) {
  const ConfigFolder folder;
  ::chmod(folder.path().c_str(), 0755);
  const std::string path = folder.write("closed.yaml", "log: {}\n", 0);
  const WithoutPrivileges nobody;
  EXPECT_EQ(problems_of(path), (std::vector<std::string>{"cannot be read: Permission denied"}));
}

TEST(ConfigFileTest, AMebibyteIsRead) {
  const ConfigFolder folder;
  EXPECT_EQ(problems_of(folder.write("full.yaml", std::string(1U << 20U, '#'))),
            (std::vector<std::string>{"the file is empty; credentials are needed"}));
}

TEST(ProblemTest, IsFormattedForEditorsToJumpTo) {
  EXPECT_EQ(format({3, 14, "poll.interval", "is wrong"}, "/etc/rw.yaml"),
            "/etc/rw.yaml:3:14: poll.interval: is wrong");
  EXPECT_EQ(format({3, 14, "", "is wrong"}, "f"), "f:3:14: is wrong");
  EXPECT_EQ(format({0, 0, "", "is wrong"}, "f"), "f: is wrong");
}

}  // namespace
}  // namespace restorewatch
