#pragma once

// Instructions are counted, not timed: they are the same on a busy machine.

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace restorewatch {

inline std::string output_of(const std::string& command) {
  std::string text;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 4096> piece{};
  while (pipe && std::fgets(piece.data(), piece.size(), pipe.get()) != nullptr) {
    text += piece.data();
  }
  return text;
}

/// For tests that need it. Where all checks must be made its absence is a failure.
class CallgrindTest : public testing::Test {
 protected:
  void SetUp() override {
    if (output_of("valgrind --version 2>&1").starts_with("valgrind-")) return;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs
    ASSERT_EQ(std::getenv("CI"), nullptr) << "valgrind is missing: scripts/install-dependencies";
    GTEST_SKIP() << "valgrind is missing: scripts/install-dependencies installs it";
  }

  /// All that the program executes, which lies beside this one. 0 if it could not be counted.
  static std::int64_t instructions(const std::string& program, const std::string& arguments) {
    const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const std::string said =
        output_of("valgrind --tool=callgrind --callgrind-out-file=/dev/null --error-exitcode=9 '" +
                  (folder / program).string() + "' " + arguments + " 2>&1");
    const std::string line = "Collected : ";
    const auto at = said.find(line);
    EXPECT_NE(at, std::string::npos) << said;
    return at == std::string::npos ? 0 : std::strtoll(&said.at(at + line.size()), nullptr, 10);
  }
};

}  // namespace restorewatch
