#include "jobs/explanation.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"
#include "jobs/sources.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

TEST(ExplanationTest, EveryStateOfEverySourceHasItsRule) {
  for (const SourceFacts& facts : all_sources()) {
    for (const JobState state : facts.states) {
      const std::string reason = reason_of_state(facts.source, job(state));
      EXPECT_EQ(reason.find("no rule"), std::string::npos)
          << label(facts.source) << " " << label(state) << ": " << reason;
    }
  }
}

struct Case {
  Source source;
  JobState state;
  std::string reason;
};

TEST(ExplanationTest, StatesAreExplainedInAtlassWords) {
  const std::vector<Case> cases{
      {Source::Dedicated, JobState::Failed, "failed is true"},
      {Source::Dedicated, JobState::Completed, "finishedAt is given"},
      {Source::Serverless, JobState::InProgress, "no flag is set and no end is given"},
      {Source::Flex, JobState::Completed, "status is COMPLETED or CLOSED"},
      {Source::Tenant, JobState::Queued, "status is QUEUED"},
      {Source::Collection, JobState::Running, "state is IN_PROGRESS or FINALIZING"},
      {Source::Flex, JobState::Unknown, "the answer holds a word that this version does not know"},
      {Source::Flex, JobState::Lost,
       "Atlas no longer has it: it was not found twice, or its cluster is gone"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(reason_of_state(row.source, job(row.state)), row.reason);
  }
}

TEST(ExplanationTest, OutcomesAreExplained) {
  TrackedJob tracked;
  tracked.job = job(JobState::InProgress);
  EXPECT_EQ(reason_of_outcome(Source::Dedicated, tracked), "nothing says yet how it ended");
  tracked.job = expired_download();
  tracked.outcome = tracked.job.outcome = Outcome::Completed;
  tracked.job.finished_at.reset();
  EXPECT_EQ(reason_of_outcome(Source::Dedicated, tracked),
            "a download that had its link (deliveryUrl or expiresAt was given)");
  tracked.job = job(JobState::Cancelled);
  tracked.outcome = Outcome::Failed;
  EXPECT_EQ(reason_of_outcome(Source::Collection, tracked),
            "state is FAILED, at first; an outcome is set once");
}

}  // namespace
}  // namespace restorewatch
