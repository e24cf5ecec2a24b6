#include "jobs/words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "jobs/object_id.h"

namespace restorewatch {
namespace {

TEST(WordsTest, EveryWordFindsItsWayBack) {
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    const auto state = static_cast<JobState>(i);
    EXPECT_EQ(job_state_from(label(state)), state);
  }
  for (std::size_t i = 0; i < kDeliveryCount; ++i) {
    const auto delivery = static_cast<Delivery>(i);
    EXPECT_EQ(delivery_from(label(delivery)), delivery);
  }
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(outcome_from(label(outcome)), outcome);
  }
  for (std::size_t i = 0; i < kScopeCount; ++i) {
    const auto scope = static_cast<Scope>(i);
    EXPECT_EQ(scope_from(label(scope)), scope);
  }
  for (unsigned code = 0; code < 1U << kPolicyRuleCount; ++code) {
    EXPECT_EQ(violations_from(label(Violations(code))), Violations(code));
  }
  EXPECT_EQ(source_from("dedicated"), Source::Dedicated);
  EXPECT_EQ(kind_from("download"), Kind::Download);
  EXPECT_EQ(purpose_from("drill"), Purpose::Drill);
}

TEST(WordsTest, UnknownWordsAreAbsent) {
  EXPECT_FALSE(violations_from("download,target_project").has_value());  // not the order of ours
  EXPECT_FALSE(violations_from("download,").has_value());
  EXPECT_FALSE(policy_rule_from("downloads").has_value());
  EXPECT_FALSE(job_state_from("COMPLETED").has_value());
  EXPECT_FALSE(source_from("").has_value());
}

TEST(WordsTest, AReadyDownloadIsNeitherActiveNorEnded) {
  EXPECT_FALSE(is_active(JobState::Ready));
  EXPECT_FALSE(is_ended(JobState::Ready));
  EXPECT_TRUE(is_active(JobState::Unknown));
  EXPECT_TRUE(is_ended(JobState::Lost));
}

TEST(ObjectIdTest, ReadsWritesAndKnowsItsAge) {
  // Source: the published tenant example, whose submittedAt is 2019-05-01T15:02:25Z.
  const auto id = parse_object_id("5cc9b501e5dc7c8ab1e45d65");
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(to_string(*id), "5cc9b501e5dc7c8ab1e45d65");
  EXPECT_EQ(format_time(created_at(*id)), "2019-05-01T15:02:25Z");
}

TEST(ObjectIdTest, SortsByAgeAndThenByteByByte) {
  const std::vector<std::string> in_order{"000000000000000000000001", "00000000000000000000ff00",
                                          "0000000000000000ff000000", "00000000ffffffffffffffff",
                                          "0000000100000000000000ff", "65000000ffffffff00000000",
                                          "ff0000000000000000000000", "ffffffffffffffffffffffff"};
  for (std::size_t i = 1; i < in_order.size(); ++i) {
    EXPECT_LT(*parse_object_id(in_order[i - 1]), *parse_object_id(in_order[i])) << in_order[i];
  }
}

TEST(ObjectIdTest, TakesHexDigitsAndNoOtherByteInEachPlace) {
  const std::string digits = "0123456789abcdefABCDEF";
  for (std::size_t place = 0; place < 24; ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "0123456789abcdef01234567";
      text[place] = static_cast<char>(byte);
      const auto id = parse_object_id(text);
      const std::size_t digit = digits.find(text[place]);
      ASSERT_EQ(id.has_value(), digit != std::string::npos) << place << " " << byte;
      if (!id) continue;
      text[place] = digits[digit < 16 ? digit : digit - 6];
      ASSERT_EQ(to_string(*id), text);
    }
  }
}

TEST(ObjectIdTest, RefusesEverythingElse) {
  EXPECT_FALSE(parse_object_id("").has_value());
  EXPECT_FALSE(parse_object_id("{snapshotId}").has_value());
  EXPECT_FALSE(parse_object_id("5cc9b501e5dc7c8ab1e45d6").has_value());
  EXPECT_FALSE(parse_object_id("5cc9b501e5dc7c8ab1e45d655").has_value());
  EXPECT_FALSE(parse_object_id("5cc9b501e5dc7c8ab1e45d6g").has_value());
}

}  // namespace
}  // namespace restorewatch
