#include "config/rules_text.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

TEST(RulesTextTest, IsEmptyWithoutAnyRule) {
  EXPECT_EQ(rules_in_words({}), "");
}

TEST(RulesTextTest, HasTheWordsOfTheConfiguration) {
  Config config;
  config.drills = {{"dr-*", "drill-?"}, {{}, "b"}};
  config.objectives = {{{"prod-*", {}, {}, {{"tier", "gold"}, {"x", "y"}}}, {7 * 24h, {}, 500ms}},
                       {{{}, "a", parse_object_id("aaaaaaaaaaaaaaaaaaaaaaaa"), {}}, {{}, 4h, {}}}};
  config.policies = {{{"a \"b\"\n", {}, {}, {}}, {{{"dr-1", "c"}}, false, {}}},
                     {{{}, "*", {}, {}}, {std::vector<std::string>{}, {}, true}}};
  EXPECT_EQ(rules_in_words(config),
            R"({"drills":[{"target_project":"dr-*","target_cluster":"drill-?"},)"
            R"({"target_cluster":"b"}],)"
            R"("objectives":[{"project":"prod-*","tags":{"tier":"gold","x":"y"},)"
            R"("drill_interval":"1w","recovery_point":"500ms"},)"
            R"({"cluster":"a","project_id":"aaaaaaaaaaaaaaaaaaaaaaaa","restore_duration":"4h"}],)"
            R"("policies":[{"project":"a \"b\"\n","allow_target_projects":["dr-1","c"],)"
            R"("allow_download":false},)"
            R"({"cluster":"*","allow_target_projects":[],"protect_target":true}]})");
}

}  // namespace
}  // namespace restorewatch
