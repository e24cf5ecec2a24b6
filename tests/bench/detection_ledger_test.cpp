#include "bench/detection_ledger.h"

#include <gtest/gtest.h>

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// One target, and a job from the first to the tenth minute.
class DetectionLedgerTest : public testing::Test {
 protected:
  void begin() { ledger_.began(0, id_, {at(minutes(1)), at(minutes(10)), 1, false}); }

  void commit(std::optional<JobState> from, JobState to, seconds when) {
    Transition transition;
    transition.job.id = id_;
    transition.from = from;
    transition.to = to;
    ledger_.committed({&transition, 1}, at(when));
  }

  static WallTime at(seconds time) { return from_unix_seconds(1'790'000'000) + time; }

  std::uint64_t changes(Place place) const {
    return ledger_.period().latencies[static_cast<std::size_t>(place)].count();
  }
  seconds longest(Place place) const {
    const auto& latencies = ledger_.period().latencies[static_cast<std::size_t>(place)];
    return std::chrono::floor<seconds>(latencies.quantile(1));
  }

  const JobId id_ = *parse_object_id(std::string(24, 'a'));
  DetectionLedger ledger_{{.projects = 1, .clusters_a_project = 1, .collections = false}};
};

TEST_F(DetectionLedgerTest, TakesTheTimeFromEachChangeToItsCommit) {
  begin();
  commit({}, JobState::InProgress, minutes(1) + seconds(30));
  EXPECT_TRUE(ledger_.is_active(0));
  commit(JobState::InProgress, JobState::Completed, minutes(10) + seconds(5));
  EXPECT_FALSE(ledger_.is_active(0));
  EXPECT_EQ(longest(Place::Idle), seconds(30));
  EXPECT_EQ(longest(Place::Active), seconds(5));
  EXPECT_EQ(ledger_.period().unexpected, 0U);
  EXPECT_EQ(ledger_.undetected(at(minutes(60))), 0U);
}

TEST_F(DetectionLedgerTest, AJobFirstSeenEndedHasBothChangesInOne) {
  begin();
  commit({}, JobState::Failed, minutes(11));
  EXPECT_EQ(ledger_.period().missed, 1U);
  EXPECT_EQ(changes(Place::Idle), 2U);
  EXPECT_EQ(changes(Place::Active), 0U);
}

TEST_F(DetectionLedgerTest, CountsWhatIsCommittedTwiceOrNeverHappened) {
  begin();
  commit({}, JobState::InProgress, minutes(2));
  commit({}, JobState::InProgress, minutes(3));
  EXPECT_EQ(ledger_.period().unexpected, 1U);
  commit(JobState::InProgress, JobState::Completed, minutes(11));
  commit(JobState::InProgress, JobState::Completed, minutes(12));
  EXPECT_EQ(ledger_.period().unexpected, 2U);
}

TEST_F(DetectionLedgerTest, CountsWhatNobodyHasCommitted) {
  begin();
  EXPECT_EQ(ledger_.undetected(at(minutes(1))), 0U);
  EXPECT_EQ(ledger_.undetected(at(minutes(2))), 1U);
  EXPECT_EQ(ledger_.undetected(at(minutes(11))), 2U);
  commit({}, JobState::InProgress, minutes(12));
  EXPECT_EQ(ledger_.undetected(at(minutes(11))), 1U);
}

}  // namespace
}  // namespace restorewatch::testing_fleet
