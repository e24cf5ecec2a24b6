// Clusters that are renamed, upgraded or replaced by another of their name: whose history is it?

#include "poller/targets_fixture.h"

namespace restorewatch {
namespace {

class SuccessionTest : public PollerTargetsTest {};

TEST_F(SuccessionTest, ARenamedClusterKeepsItsJobsAndCounts) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  Target renamed = first_;
  renamed.key.cluster_name = "prod-renamed";
  renamed.project_name = "prod-2";
  source_.put(renamed.key, job(JobState::Failed));
  watch(inventory_of({renamed}));
  pass(minutes(1));
  EXPECT_EQ(view().target, renamed);
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(journal().size(), 2U);
  start({renamed});
  pass(seconds(1));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
}

TEST_F(SuccessionTest, ANameUsedAgainInheritsNothing) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed));
  pass(minutes(1));
  Target successor = first_;
  successor.key.cluster_id = kOtherId;
  Inventory inventory = inventory_of({successor});
  inventory.gone = {first_.key};
  watch(std::move(inventory));
  pass(minutes(1));
  ASSERT_EQ(snapshot_->targets.size(), 1U);
  EXPECT_EQ(view().target.key.cluster_id, kOtherId);
  EXPECT_EQ(finished(Outcome::Failed), 0U);
}

/// Until discovery notices, the first cluster's target sees what is the second one's.
TEST_F(SuccessionTest, AJobOfASuccessorMovesToIt) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  Target successor = made_later();
  successor.key.cluster_id = kOtherId;
  source_.put(successor.key, job(JobState::InProgress));
  Inventory inventory = inventory_of({successor});
  inventory.gone = {first_.key};
  watch(std::move(inventory));
  pass(seconds(1));
  EXPECT_EQ(snapshot_->targets.size(), 1U);
  pass(minutes(2));
  source_.put(successor.key, job(JobState::Failed));
  pass(minutes(1));
  EXPECT_EQ(journal(), (std::vector<std::string>{to_string(job_id(1)) + ":in_progress:1",
                                                 to_string(job_id(1)) + ":failed:1"}));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(view().counters.requested[index_of(Scope::SameProject)], 0U);  // the first one's
}

TEST_F(SuccessionTest, ASuccessorThatIsNeverSeenDelaysALossOnlyForAWhile) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  Target successor = first_;
  successor.key.cluster_id = kOtherId;
  source_.fail(successor.key, Error{ErrorKind::Forbidden, "role missing"});
  Inventory inventory = inventory_of({successor});
  inventory.gone = {first_.key};
  watch(std::move(inventory));
  pass(minutes(5));
  EXPECT_EQ(journal().size(), 1U);
  pass(minutes(7));
  EXPECT_EQ(journal().size(), 2U);
}

/// A flex cluster that has become a dedicated one, and kept its id.
TEST_F(SuccessionTest, AnUpgradedClusterKeepsItsHistory) {
  const Target flex = through(Source::Flex);
  start({flex});
  pass(minutes(1));
  source_.put(flex.key, job(JobState::Failed, 1));
  source_.put(flex.key, job(JobState::Running, 2));
  pass(minutes(1));
  watch(inventory_of({through(Source::Dedicated)}));
  source_.put(first_.key, job(JobState::InProgress, 3));
  pass(minutes(5));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(finished(Outcome::Lost), 0U);
  ASSERT_EQ(snapshot_->targets.size(), 2U);
  EXPECT_TRUE(view(0).polled);
  EXPECT_FALSE(view(1).polled);
  EXPECT_EQ(view(1).summary.jobs[index_of(JobState::Running)], 0U);
  EXPECT_TRUE(view(1).summary.last_failure[index_of(Kind::Restore)].has_value());
  pass(minutes(10));
  EXPECT_EQ(finished(Outcome::Lost), 1U);  // of the one that nobody can ask for any more

  start({through(Source::Dedicated)});  // a restart shows the same
  pass(minutes(1));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(finished(Outcome::Lost), 1U);
}

TEST_F(SuccessionTest, AJobThatTheNewSourceListsIsNotLost) {
  const Target flex = through(Source::Flex);
  start({flex});
  pass(minutes(1));
  source_.put(flex.key, job(JobState::Running));
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  watch(inventory_of({first_}));
  pass(minutes(20));
  EXPECT_EQ(finished(Outcome::Lost), 0U);
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(2));
  EXPECT_EQ(finished(Outcome::Completed), 1U);
}

TEST_F(SuccessionTest, AnUpgradedClusterWhoseJobsHaveMovedMayGo) {
  const Target flex = through(Source::Flex);
  start({flex, second_});
  pass(minutes(1));
  source_.put(flex.key, job(JobState::Running));
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  watch(inventory_of({first_, second_}));
  pass(minutes(2));
  Inventory gone = inventory_of({second_});
  gone.gone = {first_.key, flex.key};
  watch(std::move(gone));
  pass(options_.lost_after + minutes(1));
  EXPECT_EQ(snapshot_->targets.size(), 1U);
  EXPECT_EQ(journal().back(), to_string(job_id(1)) + ":lost:1");
}

/// Of the first one only backups are left, and a second one has its name.
TEST_F(SuccessionTest, ADeletedClustersHistoryIsNotItsNamesakes) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed));
  pass(minutes(1));
  Target successor = first_;
  successor.key.cluster_id = kOtherId;
  Inventory inventory = inventory_of({successor});
  InventoryCluster deleted;
  deleted.cluster.name = first_.key.cluster_name;
  deleted.cluster.id = kId;
  deleted.cluster.deleted = true;
  deleted.not_polled = NotPolled::NameTaken;
  inventory.projects[0].clusters.push_back(deleted);
  watch(inventory);
  pass(minutes(1));
  ASSERT_EQ(snapshot_->targets.size(), 1U);
  EXPECT_EQ(finished(Outcome::Failed), 0U);
  start_with(inventory);
  pass(minutes(1));
  EXPECT_EQ(snapshot_->targets.size(), 1U);
}

}  // namespace
}  // namespace restorewatch
