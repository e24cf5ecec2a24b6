#include "http/status_view.h"

#include <gtest/gtest.h>

#include "http/sample_site.h"

namespace restorewatch {
namespace {

using namespace testing_site;

constexpr auto kRestore = index_of(Kind::Restore);

StatusView view_of(const SampleSite& site, const std::string& query = "") {
  const auto question = status_question_of(query);
  EXPECT_TRUE(question.ok());
  return status_view(site.source(), *question);
}

void fail(TargetView& view, std::chrono::minutes ago) {
  view.summary.last_failure[kRestore] = LastFailure{noon() - ago, noon() - ago};
}

using Names = std::vector<std::string>;

template <typename Rows>
Names names(const Rows& rows) {
  Names names;
  for (const auto& row : rows) names.push_back(row.row.cluster_name());
  return names;
}

TEST(StatusViewTest, AHealthyFleetIsFine) {
  SampleSite site;
  site.project('a', "shop").cluster("a1");
  site.project('b', "bank").cluster("b1");
  const StatusView view = view_of(site);
  EXPECT_TRUE(view.is_fine());
  EXPECT_EQ(view.clusters, 2U);
  EXPECT_EQ(view.projects, 2U);
  EXPECT_EQ(view.watched, 2U);
  EXPECT_TRUE(view.problems.empty());
}

TEST(StatusViewTest, AnythingThatIsNotAsItShouldBeIsNotFine) {
  SampleSite site;
  site.project('a', "shop").cluster("a1");
  site.troubles = {"something"};
  EXPECT_FALSE(view_of(site).is_fine());
  site.troubles.clear();
  site.archive->broken = true;
  EXPECT_FALSE(view_of(site).is_fine());
  site.archive->broken = false;
  site.last_project().problem = Error{ErrorKind::Forbidden, "secret"};
  EXPECT_FALSE(view_of(site).is_fine());
  EXPECT_EQ(view_of(site).hidden.front().name, "shop");
  site.last_project().problem.reset();
  EXPECT_TRUE(view_of(site).is_fine());
  SiteSource empty = site.source();
  empty.snapshot = [] { return nullptr; };
  EXPECT_FALSE(status_view(empty, {}).is_fine());
}

TEST(StatusViewTest, TheWorstAndOldestComesFirst) {
  SampleSite site;
  site.project('a', "shop");
  TargetView& down = site.cluster("a-down");
  down.up = false;
  down.trouble = Trouble{ErrorKind::Timeout, noon() - minutes(90)};
  fail(site.cluster("b-failed"), minutes(5));
  fail(site.cluster("c-failed-before"), minutes(50));
  const StatusView view = view_of(site);
  Names problems;
  for (const Problem& problem : view.problems) problems.push_back(problem.row.cluster_name());
  EXPECT_EQ(problems, (Names{"c-failed-before", "b-failed", "a-down"}));
  EXPECT_EQ(view.wrong, 2U);
  EXPECT_EQ(view.warned, 1U);
  EXPECT_EQ(view.with[index_of(Finding::Failed)], 2U);
}

TEST(StatusViewTest, WhatIsLeftOutIsCounted) {
  SampleSite site;
  site.project('a', "shop");
  for (int i = 100; i < 130; ++i) fail(site.cluster("c" + std::to_string(i)), minutes(i));
  const StatusView view = view_of(site);
  EXPECT_EQ(view.problems.size(), StatusView::kMostProblems);
  EXPECT_EQ(view.problems_in_all, 30U);
  EXPECT_EQ(view.problems.front().row.cluster_name(), "c129");
}

TEST(StatusViewTest, ThePagesAreTheWholeList) {
  SampleSite site;
  site.project('a', "shop");
  for (int i = 1000; i < 1250; ++i) site.cluster(std::to_string(i));
  StatusView view = view_of(site);
  Names seen = names(view.page);
  int pages = 1;
  while (view.next && pages < 9) {
    view = view_of(site, "cursor=" + cursor_of(*view.next));
    for (const std::string& name : names(view.page)) seen.push_back(name);
    ++pages;
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen.size(), 250U);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_EQ(view.matching, 250U);
}

TEST(StatusViewTest, AFullLastPageIsTheLast) {
  SampleSite site;
  site.project('a', "shop");
  for (int i = 1000; i < 1100; ++i) site.cluster(std::to_string(i));
  EXPECT_FALSE(view_of(site).next);
}

TEST(StatusViewTest, NamesNarrowEverythingAndAStateOnlyTheList) {
  SampleSite site;
  site.project('a', "shop");
  TargetView& failed = site.cluster("one");
  fail(failed, minutes(5));
  site.add_job(failed, job(JobState::InProgress, 1));
  site.add_transition(failed, job(JobState::InProgress, 1));
  site.cluster("two");
  const StatusView other = view_of(site, "cluster=two");
  EXPECT_TRUE(other.is_fine());
  EXPECT_TRUE(other.active.empty());
  EXPECT_TRUE(other.steps.empty());
  EXPECT_EQ(names(other.page), Names{"two"});
  const StatusView fine = view_of(site, "state=ok");
  EXPECT_EQ(names(fine.page), Names{"two"});
  EXPECT_EQ(fine.problems.size(), 1U);
  EXPECT_EQ(fine.active.size(), 1U);
  EXPECT_EQ(fine.clusters, 2U);
  EXPECT_EQ(fine.matching, 1U);
}

TEST(StatusViewTest, ActiveRestoresComeLongestFirstWithTheTimeTheyMayTake) {
  SampleSite site;
  site.project('a', "shop");
  site.add_job(site.cluster("a-young"), job(JobState::InProgress, 1, minutes(5)));
  site.add_job(site.cluster("b-old"), job(JobState::InProgress, 2, hours(3)));
  StatusView view = view_of(site);
  ASSERT_EQ(view.active.size(), 2U);
  EXPECT_EQ(view.active[0].target.key.cluster_name, "b-old");
  EXPECT_EQ(view.active[0].allowed, kStuckAfter);
  EXPECT_FALSE(view.active[0].is_promised);
  site.objectives({{}, hours(2), {}});
  view = view_of(site);
  EXPECT_EQ(view.active[0].allowed, hours(2));
  EXPECT_TRUE(view.active[0].is_promised);
}

TEST(StatusViewTest, DrillsComeTheSoonestFirst) {
  SampleSite site;
  site.objectives({hours(48), {}, {}}).project('a', "shop");
  site.cluster("later").summary.last_drill_success_at = noon() - hours(10);
  site.cluster("overdue").summary.last_drill_success_at = noon() - hours(60);
  site.cluster("soon").summary.last_drill_success_at = noon() - hours(40);
  const StatusView view = view_of(site);
  EXPECT_EQ(names(view.drills), (Names{"overdue", "soon", "later"}));
  EXPECT_EQ(view.drills[1].due_at, noon() + hours(8));
}

TEST(StatusViewTest, TransitionsComeTheNewestFirst) {
  SampleSite site;
  const TargetView& view = site.project('a', "shop").cluster("one");
  for (int n = 1; n <= 20; ++n) site.add_transition(view, job(JobState::Completed, n));
  const StatusView shown = view_of(site);
  ASSERT_EQ(shown.steps.size(), StatusView::kMostSteps);
  EXPECT_EQ(shown.steps.front().transition.job.id, job_id(20));
}

TEST(StatusViewTest, WhatItDoesNotUnderstandIsRefused) {
  for (const char* const query : {"state=bad", "refresh=1", "refresh=9999", "cursor=bad", "x=1"}) {
    EXPECT_FALSE(status_question_of(query).ok()) << query;
  }
  EXPECT_EQ(status_question_of("refresh=30")->refresh, 30U);
}

}  // namespace
}  // namespace restorewatch
