#include "metrics/page_maker.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "bench/page_samples.h"
#include "jobs/job_builders.h"
#include "metrics/plain_page.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

/// A fleet that changes at random in every way that shows on the page.
class RestlessFleet {
 public:
  explicit RestlessFleet(unsigned seed) : random_(seed) {}

  Snapshot next() {
    for (std::size_t changes = random_() % 8; changes > 0; --changes) change();
    if (one_in(4)) change_inventory();
    if (one_in(4)) change_objectives();
    if (one_in(20)) views_.clear();
    Snapshot snapshot;
    for (const auto& [key, view] : views_) snapshot.targets.push_back(view);
    snapshot.totals.missed[project('a')] = random_() % 100;
    snapshot.inventory = inventory_;
    snapshot.objectives = objectives_;
    return snapshot;
  }

 private:
  bool one_in(unsigned n) { return random_() % n == 0; }

  TargetKey some_key() {
    constexpr std::array kNames{"a", "a-b", "a b", "ab", "b\"", "c\\"};
    constexpr std::array kSources{Source::Dedicated, Source::Flex, Source::Collection};
    return {project(one_in(2) ? 'a' : 'b'), kNames[random_() % kNames.size()],
            kSources[random_() % kSources.size()]};
  }

  void change() {
    const TargetKey key = some_key();
    if (one_in(4)) {
      views_.erase(key);
    } else {
      views_[key] = some_view(key);
    }
  }

  std::shared_ptr<const TargetView> some_view(const TargetKey& key) {
    TargetView view;
    view.target.key = key;
    view.target.project_name = one_in(5) ? "renamed" : "project";
    view.polled = !one_in(5);
    view.present_unknown = one_in(4);
    if (!one_in(3)) view.up = one_in(2);
    if (!one_in(3)) view.last_success_at = noon() + std::chrono::milliseconds(random_() % 2000);
    view.summary.jobs[random_() % kJobStateCount] = random_() % 1000;
    if (one_in(3)) view.summary.oldest_active_requested_at = noon();
    if (one_in(3)) view.summary.last_success[0] = LastSuccess{noon(), noon(), hours(1), {}};
    if (one_in(3)) view.summary.last_failure[1] = LastFailure{noon(), noon()};
    view.counters.requested[random_() % kScopeCount] = random_() % 1000;
    if (one_in(4)) view.jobs = {job(JobState::Completed, 1), job(JobState::Failed, 2)};
    return std::make_shared<const TargetView>(view);
  }

  void change_inventory() {
    Inventory inventory;
    inventory.projects.emplace_back().project = {project('a'), "project", {}};
    auto& known = inventory.projects.back().clusters.emplace_back();
    known.cluster.name = some_key().cluster_name;
    known.cluster.backup_enabled = one_in(2);
    inventory_ = one_in(4) ? nullptr : std::make_shared<const Inventory>(inventory);
  }

  void change_objectives() {
    const Matcher any{"project", {}, {}, {}};
    const ObjectiveRules rules{{any, {seconds(1 + random_() % 100), {}, {}}}};
    objectives_ = one_in(4) ? nullptr : std::make_shared<const ObjectiveRules>(rules);
  }

  std::mt19937 random_;
  std::map<TargetKey, std::shared_ptr<const TargetView>> views_;
  std::shared_ptr<const Inventory> inventory_;
  std::shared_ptr<const ObjectiveRules> objectives_;
};

std::vector<Family> some_others(unsigned number) {
  std::vector<Family> families{{"a_first", "help", "gauge", {{"", double(number)}}},
                               {"mongodbatlas_restore_k", "help", "gauge", {{"", 1}}}};
  if (number % 3 == 0) families.push_back({"z_last", "help", "gauge", {{"", 1}}});
  return families;
}

TEST(PageMakerTest, APageMadeFromTheOneBeforeIsAsOneMadeFromNothing) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    RestlessFleet fleet(seed);
    PageMaker maker;
    for (unsigned i = 0; i < 60; ++i) {
      const auto snapshot = std::make_shared<const Snapshot>(fleet.next());
      const auto page = maker.make(snapshot, some_others(i));
      const auto anew = PageMaker().make(snapshot, some_others(i));
      for (const PageFormat format : {PageFormat::Text, PageFormat::OpenMetrics}) {
        ASSERT_EQ(page.in(format).whole(), anew.in(format).whole())
            << "seed " << seed << ", page " << i;
      }
    }
  }
}

TEST(PageMakerTest, FamiliesAreInOrderEachWithOneHeader) {
  const std::string page = PageMaker().make(SampleFleet(5).snapshot(), some_others(0)).text.whole();
  constexpr std::string_view kHelp = "# HELP ";
  std::vector<std::string> names;
  for (std::size_t at = page.find(kHelp); at != std::string::npos; at = page.find(kHelp, at + 1)) {
    const std::size_t name = at + kHelp.size();
    names.push_back(page.substr(name, page.find(' ', name) - name));
  }
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_TRUE(std::ranges::adjacent_find(names) == names.end());
  EXPECT_EQ(names.front(), "a_first");
  EXPECT_EQ(names.back(), "z_last");
  EXPECT_EQ(times("# TYPE ", page), names.size());
}

TEST(PageMakerTest, OneNameIsOnceOnThePage) {
  const auto page = PageMaker().make(
      std::make_shared<const Snapshot>(),
      {{"a", "help", "gauge", {{"x=\"1\"", 1}}}, {"a", "help", "gauge", {{"x=\"0\"", 0}}}});
  EXPECT_TRUE(
      page.text.whole().starts_with("# HELP a help\n# TYPE a gauge\na{x=\"0\"} 0\na{x=\"1\"} 1\n"));
}

/// So that a reader never sees a page change under its hands.
TEST(PageMakerTest, APageThatIsStillReadStaysAsItIs) {
  SampleFleet fleet(20);
  PageMaker maker;
  const auto first = maker.make(fleet.snapshot(), {}).text;
  const std::string copy = first.whole();
  for (int i = 0; i < 5; ++i) {
    fleet.look_at(7);
    EXPECT_NE(maker.make(fleet.snapshot(), {}).text.whole(), copy);
  }
  EXPECT_EQ(first.whole(), copy);
}

/// What the second of two texts does not share with the first.
std::size_t bytes_beside(const SharedText& first, const SharedText& second) {
  const std::set<SharedText::Part> had(first.parts().begin(), first.parts().end());
  std::size_t fresh = 0;
  for (const auto& part : second.parts()) fresh += had.contains(part) ? 0 : part->size();
  return fresh;
}

TEST(PageMakerTest, APageSharesWithTheOneBeforeWhatDidNotChange) {
  SampleFleet fleet(1000);
  PageMaker maker;
  const auto before = maker.make(fleet.snapshot(), {}).text;
  fleet.look_at(1);  // which shows in the time of the last look, and once in a hundred elsewhere
  const auto after = maker.make(fleet.snapshot(), {}).text;
  EXPECT_GT(after.size(), 5'000'000U);
  EXPECT_LT(bytes_beside(before, after), 500'000U);
}

/// So that the second format costs next to nothing.
TEST(PageMakerTest, BothFormatsShareNearlyAllOfAPage) {
  SampleFleet fleet(1000);
  const Pages pages = PageMaker().make(fleet.snapshot(), {});
  EXPECT_GT(pages.open_metrics.size(), 5'000'000U);
  EXPECT_LT(bytes_beside(pages.text, pages.open_metrics), 150'000U);
}

/// A part of the page that says something of objectives; null: none is shared.
SharedText::Part part_with_objectives(const SharedText& page) {
  const auto has = [](const SharedText::Part& part) {
    return part->starts_with("mongodbatlas_restore_objective_duration_seconds{");
  };
  const auto found = std::ranges::find_if(page.parts(), has);
  return found == page.parts().end() ? nullptr : *found;
}

TEST(PageMakerTest, ObjectivesAreWrittenAnewOnlyWhenTheyOrTheInventoryChange) {
  SampleFleet fleet(1000);
  PageMaker maker;
  const auto next = [&](const auto& objectives, const auto& inventory) {
    fleet.look_at(1);
    Snapshot snapshot = *fleet.snapshot();
    snapshot.objectives = objectives;
    snapshot.inventory = inventory;
    return part_with_objectives(maker.make(std::make_shared<const Snapshot>(snapshot), {}).text);
  };
  const auto inventory = fleet.snapshot()->inventory;
  const ObjectiveRules rules{{{{}, "*", {}, {}}, {{}, minutes(5), {}}}};
  const auto objectives = std::make_shared<const ObjectiveRules>(rules);
  const auto first = next(objectives, inventory);
  ASSERT_TRUE(first);
  EXPECT_EQ(next(objectives, inventory), first);
  EXPECT_NE(next(std::make_shared<const ObjectiveRules>(rules), inventory), first);
  const auto second = next(objectives, inventory);
  EXPECT_NE(next(objectives, std::make_shared<const Inventory>(*inventory)), second);
  EXPECT_FALSE(next(nullptr, inventory));
}

/// Goal: at most 200 bytes a series, with the page itself.
TEST(PageMakerTest, HoldsFewBytesForEachSeries) {
  constexpr std::size_t kClusters = 1000;
  SampleFleet fleet(kClusters);
  PageMaker maker;
  maker.make(fleet.snapshot(), {});
  const Pages pages = maker.make(fleet.snapshot(), {});
  const std::size_t series = kClusters * kSeriesPerCluster;
  EXPECT_EQ(times("cluster_name=", pages.text.whole()), series);
  EXPECT_LE(maker.bytes_held(), 8 * series);
  const std::size_t held = pages.text.size() + bytes_beside(pages.text, pages.open_metrics);
  EXPECT_LE(maker.bytes_held() + held, 200 * series);
}

}  // namespace
}  // namespace restorewatch
