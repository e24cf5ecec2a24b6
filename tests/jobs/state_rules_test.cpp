#include "jobs/state_rules.h"

#include <gtest/gtest.h>

#include <ostream>

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

}  // namespace
}  // namespace restorewatch
