#include "poller/job_owners.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <unordered_map>

namespace restorewatch {
namespace {

using Keeper = JobOwners::Keeper;

JobId id_of(std::uint64_t number) {
  JobId id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[11 - i] = static_cast<std::uint8_t>(number >> (8U * i));
  }
  return id;
}

/// Two jobs that are looked for at the same place.
std::pair<JobId, JobId> jobs_with_one_hash() {
  std::unordered_map<std::uint32_t, JobId> seen;
  for (std::uint64_t number = 0;; ++number) {
    const auto [at, is_new] = seen.emplace(JobOwners::hash_of(id_of(number)), id_of(number));
    if (!is_new) return {at->second, id_of(number)};
  }
}

/// Owners, and the same written down as plainly as can be.
class Twins {
 public:
  explicit Twins(std::uint32_t seed)
      : random_(seed),
        owners_([this](Keeper keeper, const JobId& job) { return tables_[keeper].contains(job); }) {
  }

  void add(const JobId& job, Keeper keeper) {
    if (tables_[keeper].contains(job)) return;
    owners_.add(job, keeper);
    tables_[keeper].insert(job);
    keepers_[job].push_back(keeper);
    model_.emplace(job, keeper);
  }

  void remove(const JobId& job, Keeper keeper) {
    owners_.remove(job, keeper);
    if (tables_[keeper].erase(job) == 0) return;
    std::vector<Keeper>& left = keepers_[job];
    std::erase(left, keeper);
    if (!left.empty() && model_[job] != keeper) return;
    model_.erase(job);
    // Which of several is next does not matter; both must agree on it from then on.
    const auto next = owners_.owner_of(job);
    ASSERT_EQ(next.has_value(), !left.empty());
    if (!next) return;
    ASSERT_TRUE(tables_[*next].contains(job));
    model_[job] = *next;
  }

  void make_owner(const JobId& job, Keeper keeper) {
    if (!tables_[keeper].contains(job)) return;
    owners_.make_owner(job, keeper);
    model_[job] = keeper;
  }

  void step(std::uint32_t jobs, bool mostly_add) {
    const JobId job = id_of(below(jobs));
    const Keeper keeper = below(kKeepers);
    const std::uint32_t drawn = below(10);
    if (drawn == 0) {
      make_owner(job, keeper);
    } else if ((drawn < 8) == mostly_add) {
      add(job, keeper);
    } else {
      remove(job, keeper);
    }
  }

  void check(const JobId& job) const {
    const auto owner = model_.find(job);
    ASSERT_EQ(owners_.owner_of(job),
              owner == model_.end() ? std::nullopt : std::optional(owner->second));
    for (Keeper keeper = 0; keeper < kKeepers; ++keeper) {
      const auto kept = keepers_.find(job);
      const bool by_another =
          kept != keepers_.end() &&
          std::ranges::any_of(kept->second, [&](Keeper other) { return other != keeper; });
      ASSERT_EQ(owners_.is_kept_by_another(job, keeper), by_another);
    }
  }

  void check_all(std::uint32_t jobs) const {
    for (std::uint32_t job = 0; job < jobs; ++job) {
      ASSERT_NO_FATAL_FAILURE(check(id_of(job))) << "job " << job;
    }
    ASSERT_EQ(owners_.empty(), model_.empty());
  }

 private:
  static constexpr Keeper kKeepers = 6;

  std::uint32_t below(std::uint32_t bound) {
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(random_);
  }

  std::mt19937 random_;
  std::map<Keeper, std::set<JobId>> tables_;
  std::map<JobId, std::vector<Keeper>> keepers_;
  std::map<JobId, Keeper> model_;
  JobOwners owners_;
};

TEST(JobOwnersTest, BehaveLikeMaps) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    Twins twins(seed);
    const std::uint32_t jobs = 1 + seed * seed;
    for (int i = 0; i < 4000; ++i) {
      ASSERT_NO_FATAL_FAILURE(twins.step(jobs, i % 2000 < 1000));
      if (i % 100 > 0) continue;
      ASSERT_NO_FATAL_FAILURE(twins.check_all(jobs)) << "seed " << seed;
    }
  }
}

TEST(JobOwnersTest, JobsWithTheSameHashAreToldApart) {
  const auto jobs = jobs_with_one_hash();
  const JobId& one = jobs.first;
  const JobId& other = jobs.second;
  Twins twins(0);
  const auto check = [&] {
    twins.check(one);
    twins.check(other);
  };
  twins.add(one, 1);
  twins.add(one, 2);
  check();
  twins.add(other, 2);
  twins.make_owner(one, 2);
  check();
  twins.remove(one, 2);
  check();
  twins.remove(other, 2);
  check();
  twins.add(other, 1);
  twins.remove(one, 1);
  check();
}

TEST(JobOwnersTest, ManyJobsOfOneSecondAreFoundQuickly) {
  constexpr std::uint32_t kJobs = 100'000;
  std::size_t questions = 0;
  JobOwners owners([&questions](Keeper, const JobId&) {
    ++questions;
    return true;
  });
  for (std::uint32_t i = 0; i < kJobs; ++i) owners.add(id_of(i), i);
  EXPECT_LT(questions, 10U) << "only where hashes agree is anybody asked";
  questions = 0;
  for (std::uint32_t i = 0; i < kJobs; ++i) EXPECT_TRUE(owners.owner_of(id_of(i)).has_value());
  EXPECT_LT(questions, kJobs + 10U);
}

}  // namespace
}  // namespace restorewatch
