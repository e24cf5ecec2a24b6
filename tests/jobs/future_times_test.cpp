#include "jobs/future_times.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

RestoreJob ends_at(WallTime time) {
  RestoreJob ended = job(JobState::Completed);
  ended.finished_at = time;
  return ended;
}

TEST(FutureTimesTest, AnEndThatHasNotComeIsTakenOut) {
  Listing seen = listing({ends_at(noon() + minutes(6))});
  const auto taken = take_out_future_times(seen, noon());
  EXPECT_EQ(taken, (std::vector{FutureTime{job_id(1), noon() + minutes(6)}}));
  RestoreJob expected = job(JobState::Completed);
  expected.finished_at.reset();
  EXPECT_EQ(seen.jobs, std::vector{expected});
}

TEST(FutureTimesTest, ClocksNeedNotAgreeToTheMinute) {
  Listing seen = listing({ends_at(noon() + minutes(5))});
  const Listing before = seen;
  EXPECT_TRUE(take_out_future_times(seen, noon()).empty());
  EXPECT_EQ(seen.jobs, before.jobs);
}

TEST(FutureTimesTest, ARequestThatHasNotComeIsThatOfTheId) {
  RestoreJob odd = job(JobState::InProgress);
  odd.requested_at = noon() + hours(1);
  Listing seen = listing({odd});
  EXPECT_EQ(take_out_future_times(seen, noon()),
            (std::vector{FutureTime{job_id(1), noon() + hours(1)}}));
  EXPECT_EQ(seen.jobs.front().requested_at, created_at(job_id(1)));
}

TEST(FutureTimesTest, AnIdFromTheFutureCannotBeMended) {
  RestoreJob odd = job(JobState::InProgress, 1, -hours(2));
  odd.requested_at = noon() + hours(1);
  Listing seen = listing({odd});
  EXPECT_EQ(take_out_future_times(seen, noon()).size(), 1U);
  EXPECT_EQ(seen.jobs.front().requested_at, noon() + hours(1));
}

TEST(FutureTimesTest, AJobIsNamedOnce) {
  RestoreJob odd = ends_at(noon() + hours(2));
  odd.requested_at = noon() + hours(1);
  Listing seen = listing({odd});
  EXPECT_EQ(take_out_future_times(seen, noon()),
            (std::vector{FutureTime{job_id(1), noon() + hours(2)}}));
}

}  // namespace
}  // namespace restorewatch
