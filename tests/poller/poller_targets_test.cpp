// Targets that come and go while the poller runs.

#include "poller/targets_fixture.h"

namespace restorewatch {
namespace {

TEST_F(PollerTargetsTest, ATargetThatAppearsIsLookedAtFromThenOn) {
  start({first_});
  pass(minutes(5));
  watch(inventory_of({first_, second_}));
  pass(minutes(2));
  ASSERT_EQ(snapshot_->targets.size(), 2U);
  EXPECT_EQ(view(1).up, true);
  EXPECT_EQ(source_.lists(), 5 + 2 * 2);
}

TEST_F(PollerTargetsTest, TheCollectionSourceHasAnIntervalOfItsOwn) {
  options_.collection_interval = minutes(5);
  start({first_, through(Source::Collection)});
  pass(hours(1));
  EXPECT_EQ(source_.lists(), 60 + 12 + 1);  // the first look does not wait so long
  EXPECT_EQ(view(1).effective_interval, minutes(5));
}

TEST_F(PollerTargetsTest, OpenJobsOfAClusterThatIsGoneAreLostAndItsSeriesWithdrawn) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  watch(without_first());
  pass(seconds(2));
  EXPECT_EQ(journal(), std::vector<std::string>{to_string(job_id(1)) + ":lost:1"});
  ASSERT_EQ(snapshot_->targets.size(), 2U);  // so that somebody can see the count
  EXPECT_FALSE(view().polled);
  EXPECT_EQ(finished(Outcome::Lost), 1U);
  pass(options_.lost_after + seconds(20));
  ASSERT_EQ(snapshot_->targets.size(), 1U);
  EXPECT_EQ(view().target, second_);
  EXPECT_EQ(snapshot_->totals.transitions.size(), 1U);
  const int lists = source_.lists();
  pass(minutes(5));
  EXPECT_EQ(source_.lists(), lists + 5);
}

TEST_F(PollerTargetsTest, ALossThatCannotBeWrittenIsWrittenLater) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  store_.fail_writes(true);
  watch(without_first());
  pass(minutes(1));
  EXPECT_TRUE(journal().empty());
  store_.fail_writes(false);
  pass(minutes(1));
  EXPECT_EQ(journal().size(), 1U);
}

TEST_F(PollerTargetsTest, AClusterThatIsGoneDuringALookGoesAfterIt) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.hold();
  pass(minutes(1));
  watch(without_first());
  pass(seconds(1));
  EXPECT_TRUE(journal().empty());
  source_.release();
  pass(seconds(2));
  EXPECT_EQ(journal().size(), 1U);
  pass(options_.lost_after + seconds(20));
  EXPECT_EQ(snapshot_->targets.size(), 1U);
}

TEST_F(PollerTargetsTest, ATargetThatIsNoLongerWantedGoesQuietly) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  watch(inventory_of({second_}));
  pass(seconds(2));
  EXPECT_TRUE(journal().empty());
  EXPECT_EQ(snapshot_->targets.size(), 1U);
}

TEST_F(PollerTargetsTest, ALossThatAnEarlierRunDidNotComeToIsMadeUpFor) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  Inventory blind = inventory_of({second_});
  blind.projects.push_back(inventory_of({first_}).projects[0]);
  blind.projects[1].clusters.clear();
  std::ranges::swap(blind.projects[0], blind.projects[1]);
  blind.projects[0].problem = Error{ErrorKind::Forbidden, "role missing"};
  start_with(blind);  // nobody knows whether the cluster is there
  pass(minutes(30));
  EXPECT_TRUE(journal().empty());
  blind.projects[0].problem.reset();
  start_with(blind);
  pass(minutes(1));
  EXPECT_EQ(journal(), std::vector<std::string>{to_string(job_id(1)) + ":lost:1"});
}

TEST_F(PollerTargetsTest, AClusterThatIsNotConfiguredAnyMoreLosesNothing) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  Inventory named = inventory_of({first_});
  named.projects[0].clusters.clear();
  named.projects[0].takes_all = false;
  start_with(named);
  pass(minutes(30));
  EXPECT_TRUE(journal().empty());
}

TEST_F(PollerTargetsTest, ADeletedClusterIsAskedForAsLongAsAtlasTells) {
  first_.cluster_deleted = true;
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.fail(first_.key, Error{ErrorKind::NotFound, "CLUSTER_NOT_FOUND"});
  pass(minutes(1));
  const int lists = source_.lists();
  pass(minutes(20));
  EXPECT_EQ(source_.lists(), lists);
  EXPECT_TRUE(not_found_.empty());
  EXPECT_FALSE(view().polled);
  EXPECT_EQ(journal().back(), to_string(job_id(1)) + ":lost:1");
}

TEST_F(PollerTargetsTest, AClusterThatComesBackBeforeItHasGoneStays) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  store_.fail_writes(true);
  watch(without_first());
  pass(minutes(1));
  EXPECT_FALSE(view().polled);
  watch(inventory_of({first_, second_}));
  store_.fail_writes(false);
  pass(minutes(2));
  EXPECT_EQ(snapshot_->targets.size(), 2U);
  EXPECT_TRUE(view().polled);
  EXPECT_TRUE(journal().empty());
}

TEST_F(PollerTargetsTest, AClusterThatComesBackWhileItsLossIsWrittenIsTakenUpAgain) {
  start();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  store_.hold();
  watch(without_first());
  watch(inventory_of({first_, second_}));
  store_.release();
  pass(minutes(2));
  ASSERT_EQ(snapshot_->targets.size(), 2U);
  EXPECT_EQ(view().up, true);
}

/// Nobody has said that the job is gone; when backups are on again its end will be seen.
TEST_F(PollerTargetsTest, AJobIsNotLostBecauseNobodyLooks) {
  start({first_});
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  Inventory off = inventory_of({first_});
  off.projects[0].clusters[0].sources.clear();
  off.projects[0].clusters[0].not_polled = NotPolled::BackupDisabled;
  watch(std::move(off));
  pass(hours(1));
  EXPECT_TRUE(journal().empty());
}

TEST_F(PollerTargetsTest, ARestingTargetFollowsItsProjectsName) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed));
  pass(minutes(1));
  Inventory off = inventory_of({first_});
  off.projects[0].project.name = "renamed";
  off.projects[0].clusters[0].sources.clear();
  off.projects[0].clusters[0].not_polled = NotPolled::Excluded;
  watch(std::move(off));
  pass(seconds(2));
  EXPECT_EQ(view().target.project_name, "renamed");
}

TEST_F(PollerTargetsTest, BackupsSwitchedOffAndOnAgain) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed));
  pass(minutes(1));
  Inventory off = inventory_of({first_});
  off.projects[0].clusters[0].sources.clear();
  off.projects[0].clusters[0].not_polled = NotPolled::BackupDisabled;
  watch(std::move(off));
  const int lists = source_.lists();
  pass(minutes(3));
  EXPECT_EQ(source_.lists(), lists);
  EXPECT_FALSE(view().polled);
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(metric("restorewatch_clusters_not_polled", "reason=\"backup_disabled\""), 1);
  EXPECT_EQ(metric("restorewatch_targets", "source=\"dedicated\""), 0);
  watch(inventory_of({first_}));
  pass(minutes(1));
  EXPECT_TRUE(view().polled);
  EXPECT_EQ(view().up, true);
  EXPECT_EQ(journal().size(), 1U);
}

TEST_F(PollerTargetsTest, AJobListedTwiceIsOneJob) {
  start();
  Target sibling = first_;
  sibling.key.cluster_name = "prod-b";
  sibling.key.cluster_id = kOtherId;
  start({first_, sibling});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.put(sibling.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed));
  source_.put(sibling.key, job(JobState::Failed));
  pass(minutes(3));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(journal().size(), 2U);
  EXPECT_EQ(metric("restorewatch_anomalies_total", "kind=\"listed_twice\""), 1);
}

TEST_F(PollerTargetsTest, ANewClustersFirstFailureIsNews) {
  start({second_});
  source_.put(first_.key, job(JobState::Failed));
  watch(inventory_of({made_later(), second_}));
  pass(minutes(2));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
}

TEST_F(PollerTargetsTest, WhatAMendedRoleBringsIntoSightIsNotNews) {
  source_.fail(first_.key, Error{ErrorKind::Forbidden, "role missing"});
  start({made_later()});
  pass(minutes(5));
  source_.put(first_.key, job(JobState::Failed));
  source_.fail(first_.key, std::nullopt);
  pass(minutes(2));
  EXPECT_EQ(view().up, true);
  EXPECT_EQ(finished(Outcome::Failed), 0U);
}

TEST_F(PollerTargetsTest, AClusterThatIsNotFoundIsAReasonToDiscoverItsProjectAnew) {
  start();
  pass(minutes(1));
  EXPECT_TRUE(not_found_.empty());
  source_.fail(first_.key, Error{ErrorKind::NotFound, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API"});
  pass(minutes(1));
  EXPECT_EQ(not_found_, std::vector<ProjectId>{project()});
}

TEST_F(PollerTargetsTest, ARetiredSourceThatIsGoneIsNotAskedAgain) {
  const Target tenant = through(Source::Tenant);
  start({tenant});
  pass(minutes(1));
  source_.put(tenant.key, job(JobState::Failed));
  pass(minutes(1));
  source_.fail(tenant.key, Error{ErrorKind::Gone, "VERSION_GONE"});
  pass(minutes(1));
  const int lists = source_.lists();
  watch(inventory_of({tenant}));  // discovery knows nothing of this
  pass(minutes(10));
  EXPECT_EQ(source_.lists(), lists);
  EXPECT_FALSE(view().polled);
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(errors("gone"), 1);
}

TEST_F(PollerTargetsTest, ATroubleBeginsWithTheFirstFailedLookAndEndsWithAGoodOne) {
  start({first_});
  pass(minutes(1));
  EXPECT_EQ(view().trouble, std::nullopt);
  source_.fail(first_.key, Error{ErrorKind::Timeout, "no answer"});
  pass(minutes(1));
  ASSERT_TRUE(view().trouble);
  const WallTime since = view().trouble->since;
  EXPECT_EQ(view().trouble, (Trouble{ErrorKind::Timeout, since}));
  source_.fail(first_.key, Error{ErrorKind::Forbidden, "no role"});
  pass(minutes(5));
  EXPECT_EQ(view().trouble, (Trouble{ErrorKind::Forbidden, since}));
  source_.fail(first_.key, std::nullopt);
  pass(minutes(5));
  EXPECT_EQ(view().trouble, std::nullopt);
}

TEST_F(PollerTargetsTest, ACurrentSourceThatIsGoneStaysDown) {
  start({first_});
  source_.fail(first_.key, Error{ErrorKind::Gone, "VERSION_GONE"});
  pass(minutes(3));
  EXPECT_EQ(source_.lists(), 3);
  EXPECT_EQ(view().up, false);
}

TEST_F(PollerTargetsTest, AStoreThatCannotBeReadForAWhileOnlyDelaysANewTarget) {
  start({second_});
  store_.fail_reads(true);
  watch(inventory_of({first_, second_}));
  pass(seconds(5));
  EXPECT_EQ(snapshot_->targets.size(), 1U);
  store_.fail_reads(false);
  pass(minutes(2));
  EXPECT_EQ(snapshot_->targets.size(), 2U);
}

TEST_F(PollerTargetsTest, TheErrorCountersOfAProjectGoWithIt) {
  start();
  EXPECT_EQ(errors("timeout"), 0);
  watch(inventory_of({second_}));
  EXPECT_EQ(errors("timeout"), -1);
}

TEST_F(PollerTargetsTest, NoSweepIsOverBeforeDiscoveryIs) {
  Inventory unsettled = inventory_of({first_});
  unsettled.settled = false;
  start_with(unsettled);
  pass(minutes(3));
  EXPECT_EQ(sweeps_, 0);
  watch(inventory_of({first_}));
  EXPECT_EQ(sweeps_, 1);
}

TEST_F(PollerTargetsTest, WithNothingToLookAtASweepIsOverAtOnce) {
  Inventory nothing;
  nothing.settled = true;
  start_with(nothing);
  EXPECT_EQ(sweeps_, 1);
}

}  // namespace
}  // namespace restorewatch
