#include "jobs/job_table.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "jobs/job_builders.h"
#include "jobs/random_jobs.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

constexpr std::uint32_t kSeeds = 30;

using Model = std::map<JobId, TrackedJob>;

Model model_of(const JobTable& table) {
  Model jobs;
  for (const JobView job : table) jobs.emplace_hint(jobs.end(), job.id(), job.whole());
  return jobs;
}

TrackedJob tracked(RestoreJob shown) {
  TrackedJob tracked;
  tracked.job = std::move(shown);
  return tracked;
}

TEST(JobTableTest, WhatIsPutComesBackExactly) {
  RandomJobs random(1, UINT32_MAX);
  for (int i = 0; i < 20'000; ++i) {
    const TrackedJob job = random.job();
    JobTable table;
    table.put(job);
    ASSERT_EQ(table.find(job.job.id), job);
  }
}

/// A table and a map that are told the same.
class Twins {
 public:
  explicit Twins(std::uint32_t seed) : random_(seed, 1 + seed * 10) {}

  void step() {
    switch (random_.below(8)) {
      case 0:
        return put_several();
      case 1:
        return forget_some();
      default:
        return put(random_.job());
    }
  }

  void check() const {
    ASSERT_EQ(table_.size(), model_.size());
    ASSERT_EQ(table_.empty(), model_.empty());
    ASSERT_TRUE(model_of(table_) == model_);
    std::vector<JobId> open;
    for (const auto& [id, tracked] : model_) {
      if (!is_ended(tracked.job.state)) open.push_back(id);
    }
    std::vector<JobId> shown_open;
    for (const JobView& job : table_.open()) shown_open.push_back(job.id());
    ASSERT_EQ(shown_open, open);
  }

  void ask_for_one() {
    const TrackedJob other = random_.job();
    const JobId id = other.job.id;
    const auto known = model_.find(id);
    ASSERT_EQ(table_.contains(id), known != model_.end());
    ASSERT_EQ(table_.find(id).has_value(), known != model_.end());
    ASSERT_FALSE(table_.shows(other.job));
    if (known == model_.end()) return;
    ASSERT_EQ(*table_.find(id), known->second);
    ASSERT_EQ(table_.shows(known->second.job), !known->second.not_found_at);
  }

  /// Some jobs of the model and some others, by id.
  void ask_for_many() {
    std::size_t place = random_.below(3);
    for (const auto& [id, tracked] : model_) {
      RestoreJob shown = random_.below(3) > 0 ? tracked.job : random_.job().job;
      if (random_.below(5) == 0) continue;
      ASSERT_EQ(table_.shows(shown, place), table_.shows(shown));
      ASSERT_EQ(table_.shows(shown), shown == tracked.job && !tracked.not_found_at);
    }
  }

  const JobTable& table() const { return table_; }
  const Model& model() const { return model_; }

 private:
  void put(const TrackedJob& job) {
    table_.put(job);
    model_.insert_or_assign(job.job.id, job);
  }

  void put_several() {
    std::vector<TrackedJob> jobs(random_.below(20));
    for (TrackedJob& job : jobs) job = random_.job();
    table_.put_all(jobs);
    for (const TrackedJob& job : jobs) model_.insert_or_assign(job.job.id, job);
  }

  void forget_some() {
    const auto state = static_cast<JobState>(random_.below(kJobStateCount));
    const auto dropped = table_.erase_if([&](const JobView& job) { return job.state() == state; });
    ASSERT_EQ(dropped, std::erase_if(model_, [&](const auto& known) {
                return known.second.job.state == state;
              }));
  }

  RandomJobs random_;
  JobTable table_;
  Model model_;
};

TEST(JobTableTest, BehavesLikeAMap) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Twins twins(seed);
    for (int i = 0; i < 400; ++i) {
      twins.step();
      twins.ask_for_one();
      if (i % 50 == 0) twins.ask_for_many();
      ASSERT_NO_FATAL_FAILURE(twins.check()) << "seed " << seed << ", step " << i;
    }
  }
}

TEST(JobTableTest, IsEqualWhateverTheOrderInWhichItCameAbout) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Twins twins(seed);
    for (int i = 0; i < 100; ++i) twins.step();
    JobTable backwards;
    for (auto job = twins.model().rbegin(); job != twins.model().rend(); ++job) {
      backwards.put(job->second);
    }
    ASSERT_TRUE(backwards == twins.table());
    const JobTable copy = backwards;
    backwards.put(RandomJobs(seed + 1, UINT32_MAX).job());
    ASSERT_FALSE(backwards == twins.table());
    ASSERT_TRUE(copy == twins.table());
  }
}

/// Every member that a job may be shown with otherwise.
const std::vector<void (*)(RestoreJob&)> kChanges{
    [](RestoreJob& job) { job.id.bytes[11] ^= 1U; },
    [](RestoreJob& job) { job.delivery = Delivery::PointInTime; },
    [](RestoreJob& job) { job.state = JobState::Cancelled; },
    [](RestoreJob& job) { job.outcome.reset(); },
    [](RestoreJob& job) { job.outcome = Outcome::Failed; },
    [](RestoreJob& job) { job.requested_at += std::chrono::milliseconds(1); },
    [](RestoreJob& job) { job.requested_at = WallTime::max(); },
    [](RestoreJob& job) { job.finished_at.reset(); },
    [](RestoreJob& job) { *job.finished_at += std::chrono::milliseconds(1); },
    [](RestoreJob& job) { job.finished_at = WallTime::min(); },
    [](RestoreJob& job) { job.expires_at = noon(); },
    [](RestoreJob& job) { job.snapshot_id = ObjectId{}; },
    [](RestoreJob& job) { job.snapshot_at = noon(); },
    [](RestoreJob& job) { job.recovery_point = noon(); },
    [](RestoreJob& job) { job.target_project_id.reset(); },
    [](RestoreJob& job) { job.target_project_id->bytes[0] ^= 1U; },
    [](RestoreJob& job) { job.target_cluster.reset(); },
    [](RestoreJob& job) { job.target_cluster = ""; },
    [](RestoreJob& job) { job.target_cluster = "drill-2"; },
    [](RestoreJob& job) { job.error_message = ""; },
    [](RestoreJob& job) { job.has_link = true; },
    [](RestoreJob& job) { job.progress = RestoreProgress{}; },
};

TEST(JobTableTest, AnyMemberThatIsShownOtherwiseMakesTheDifference) {
  const RestoreJob known = job(JobState::Completed);
  JobTable table;
  table.put(tracked(known));
  ASSERT_TRUE(table.shows(known));
  for (std::size_t i = 0; i < kChanges.size(); ++i) {
    RestoreJob shown = known;
    kChanges[i](shown);
    EXPECT_FALSE(table.shows(shown)) << "change " << i;
    JobTable changed;
    changed.put(tracked(shown));
    EXPECT_TRUE(changed.shows(shown)) << "change " << i;
    EXPECT_FALSE(changed.shows(known)) << "change " << i;
    EXPECT_FALSE(changed == table) << "change " << i;
  }
}

TEST(JobTableTest, AJobThatWasMissedIsNotAsItIsShown) {
  JobTable table;
  TrackedJob missed = tracked(job(JobState::Running));
  missed.not_found_at = noon();
  table.put(missed);
  EXPECT_FALSE(table.shows(missed.job));
}

TEST(JobTableTest, TimesThatDoNotFitAreToldApart) {
  TrackedJob far = tracked(job(JobState::Completed));
  far.job.finished_at = WallTime::max();
  JobTable table;
  table.put(far);
  ASSERT_TRUE(table.shows(far.job));
  far.job.finished_at = WallTime::max() - std::chrono::milliseconds(1);
  EXPECT_FALSE(table.shows(far.job));
  EXPECT_EQ(table.view(far.job.id)->time(JobTime::Finished), WallTime::max());
}

/// The bounds of what fits into a row are 2^39 ms from the begin of 2025.
TEST(JobTableTest, TimesOnEitherSideOfWhatFitsComeBackAsTheyAre) {
  constexpr WallTime kMiddle{std::chrono::seconds{1'735'689'600}};
  constexpr std::chrono::milliseconds kBound{std::int64_t{1} << 39U};
  for (const WallTime edge : {kMiddle - kBound, kMiddle, kMiddle + kBound, WallTime{}}) {
    for (int step = -3; step <= 3; ++step) {
      TrackedJob tried = tracked(job(JobState::Completed));
      tried.job.finished_at = edge + std::chrono::milliseconds(step);
      JobTable table;
      table.put(tried);
      EXPECT_EQ(table.find(tried.job.id), tried) << format_time(*tried.job.finished_at);
      EXPECT_TRUE(table.shows(tried.job));
      tried.job.finished_at = *tried.job.finished_at + std::chrono::milliseconds(1);
      EXPECT_FALSE(table.shows(tried.job)) << format_time(*tried.job.finished_at);
    }
  }
}

TEST(JobTableTest, NamesThatNoJobHasAnyMoreGo) {
  JobTable table;
  RestoreJob restless = job(JobState::Running);
  for (int i = 0; i < 1000; ++i) {
    restless.target_cluster = "drill-" + std::to_string(i);
    table.put(tracked(restless));
    ASSERT_LE(table.distinct_places(), 20U);
    ASSERT_TRUE(table.shows(restless));
  }
}

}  // namespace
}  // namespace restorewatch
