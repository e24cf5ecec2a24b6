#include "jobs/state_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "jobs/sources.h"

namespace restorewatch {
namespace {

struct FlagsCase {
  std::string_view name;
  JobFlags flags;
  JobState state;
  std::optional<Outcome> outcome;
};

void PrintTo(const FlagsCase& row, std::ostream* out) {
  *out << row.name;
}

class StateRules : public testing::TestWithParam<FlagsCase> {};

TEST_P(StateRules, GiveStateAndOutcome) {
  EXPECT_EQ(state_rule_of(GetParam().flags).state, GetParam().state);
  EXPECT_EQ(outcome_of(GetParam().flags), GetParam().outcome);
}

constexpr auto kDownload = Delivery::Download;
constexpr auto kAutomated = Delivery::Automated;

INSTANTIATE_TEST_SUITE_P(
    Flags, StateRules,
    testing::Values(FlagsCase{"NothingSaidIsInProgress", {}, JobState::InProgress, {}},
                    FlagsCase{"FinishedIsCompleted",
                              {.delivery = kAutomated, .has_finished_at = true},
                              JobState::Completed,
                              Outcome::Completed},
                    FlagsCase{"FailedComesBeforeFinished",
                              {.failed = true, .has_finished_at = true},
                              JobState::Failed,
                              Outcome::Failed},
                    FlagsCase{"FailedComesBeforeCancelledAndExpired",
                              {.failed = true, .cancelled = true, .expired = true},
                              JobState::Failed,
                              Outcome::Failed},
                    FlagsCase{"CancelledComesBeforeExpired",
                              {.cancelled = true, .expired = true, .has_finished_at = true},
                              JobState::Cancelled,
                              Outcome::Cancelled},
                    FlagsCase{"ExpiredBeforeAnyLinkIsTheOutcome",
                              {.delivery = kDownload, .expired = true},
                              JobState::Expired,
                              Outcome::Expired},
                    FlagsCase{"ExpiredAfterALinkWasACompletion",
                              {.delivery = kDownload, .expired = true, .has_expires_at = true},
                              JobState::Expired,
                              Outcome::Completed},
                    FlagsCase{"ExpiredAfterTheEndWasACompletion",
                              {.delivery = kAutomated, .expired = true, .has_finished_at = true},
                              JobState::Expired,
                              Outcome::Completed},
                    FlagsCase{"AnExpiryTimeOnARestoreProvesNothing",
                              {.delivery = kAutomated, .expired = true, .has_expires_at = true},
                              JobState::Expired,
                              Outcome::Expired},
                    FlagsCase{"ADownloadWithItsLinkIsReady",
                              {.delivery = kDownload, .has_link = true, .has_expires_at = true},
                              JobState::Ready,
                              Outcome::Completed},
                    FlagsCase{"ALinkOnARestoreIsIgnored",
                              {.delivery = kAutomated, .has_link = true},
                              JobState::InProgress,
                              {}},
                    FlagsCase{"AFinishedDownloadIsCompletedNotReady",
                              {.delivery = kDownload, .has_finished_at = true, .has_link = true},
                              JobState::Completed,
                              Outcome::Completed}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(StatusWords, EachMeansAStateAndAnOutcome) {
  struct Meaning {
    const char* word;
    JobState state;
    std::optional<Outcome> outcome;
  };
  for (const Meaning& meaning : {Meaning{"PENDING", JobState::Pending, {}},
                                 {"QUEUED", JobState::Queued, {}},
                                 {"RUNNING", JobState::Running, {}},
                                 {"COMPLETED", JobState::Completed, Outcome::Completed},
                                 {"CLOSED", JobState::Completed, Outcome::Completed},
                                 {"FAILED", JobState::Failed, Outcome::Failed}}) {
    const WordRule* rule = find_rule(status_words(), meaning.word);
    ASSERT_NE(rule, nullptr) << meaning.word;
    EXPECT_EQ(rule->state, meaning.state) << meaning.word;
    EXPECT_EQ(rule->outcome, meaning.outcome) << meaning.word;
  }
}

TEST(CollectionWords, CancelledIsKnownWithOneLAndWithTwo) {
  for (const char* word : {"CANCELED", "CANCELLED"}) {
    const WordRule* rule = find_rule(collection_words(), word);
    ASSERT_NE(rule, nullptr) << word;
    EXPECT_EQ(rule->outcome, Outcome::Cancelled);
  }
  EXPECT_EQ(find_rule(collection_words(), "SUCCESSFUL")->outcome, Outcome::Completed);
  EXPECT_EQ(find_rule(collection_words(), "INITIALIZING")->state, JobState::Pending);
  EXPECT_EQ(find_rule(collection_words(), "FINALIZING")->state, JobState::Running);
}

TEST(WordRules, AWordOfTomorrowHasNone) {
  EXPECT_EQ(find_rule(status_words(), "running"), nullptr);
  EXPECT_EQ(find_rule(status_words(), ""), nullptr);
  EXPECT_EQ(find_rule(collection_words(), "COMPLETED"), nullptr);
}

/// What is exported as zeros must be what the rules can say.
TEST(WordRules, TheSourcesTableNamesEachState) {
  const auto names_all = [](Source source, std::span<const WordRule> rules) {
    const auto states = facts_of(source).states;
    return std::ranges::all_of(rules, [&](const WordRule& r) {
      return std::ranges::find(states, r.state) != states.end();
    });
  };
  EXPECT_TRUE(names_all(Source::Flex, status_words()));
  EXPECT_TRUE(names_all(Source::Tenant, status_words()));
  EXPECT_TRUE(names_all(Source::Collection, collection_words()));
  for (const SourceFacts& facts : all_sources()) {
    for (const Step& step : facts.usual_steps) {
      EXPECT_NE(std::ranges::find(facts.states, step.to), facts.states.end())
          << label(facts.source);
    }
  }
}

}  // namespace
}  // namespace restorewatch
