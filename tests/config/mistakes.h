#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "config_folder.h"

namespace restorewatch {

/// Sections without a mistake, to go with the one that has it. "key" is a secret file that exists.
inline constexpr std::string_view kCredentials =
    "credentials: [{name: main, api_key: {public_key: abc, private_key_file: key}}]\n";
inline constexpr std::string_view kProjects =
    "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: prod-a}]}]\n";

struct Mistake {
  std::string name;
  std::string text;
  std::vector<std::string> expected;  // as lines() writes them
};

inline void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

inline std::string name_of(const testing::TestParamInfo<Mistake>& test) {
  return test.param.name;
}

class MistakeTest : public testing::TestWithParam<Mistake> {
 protected:
  MistakeTest() { folder_.write("key", "private\n"); }

  void expect_answer(std::string_view rest_of_file) {
    const ConfigOutcome outcome = folder_.load(GetParam().text + std::string(rest_of_file));
    EXPECT_FALSE(outcome.config);
    EXPECT_EQ(lines(outcome.problems), GetParam().expected);
  }

 private:
  ConfigFolder folder_;
};

}  // namespace restorewatch
