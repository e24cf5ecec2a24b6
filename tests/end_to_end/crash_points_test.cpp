// The daemon's parts end between any two steps that belong together. What was announced is in the
// journal, all of it is announced in the end, and nothing is there or counted twice.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <set>

#include "end_to_end/doomed_daemon.h"
#include "end_to_end/event_log.h"
#include "end_to_end/journal_check.h"
#include "jobs/counters.h"
#include "jobs/target_record.h"
#include "store/child_process.h"
#include "store/open_store.h"
#include "store/temporary_folder.h"
#include "store/watched_files.h"

namespace restorewatch {
namespace {

/// What a child has said until it ended: a "." for each step, and "<n>;" for each page.
struct Heard {
  explicit Heard(const std::string& text) {
    std::string number;
    for (const char c : text) {
      if (c == '.') ++steps;
      if (c == ';') published = std::max(published, std::stoull(std::exchange(number, "")));
      if (c >= '0' && c <= '9') number += c;
    }
  }
  int steps = 0;
  unsigned long long published = 0;  // transitions on the page that showed most
};

/// A store and a file of events, and the lives that are lived on them.
class Lives {
 public:
  explicit Lives(bool retention) : retention_(retention) {
    std::ofstream(folder_.file("events")).close();
    std::filesystem::resize_file(folder_.file("events"), kEventsBegin);
  }

  /// One life from where the last one ended; its exit code. `nth` 0: nothing ends it early.
  std::optional<int> live(CrashPoint point, int nth) {
    events_.begin_run();
    const Life life{store(), folder_.file("events"), steps_, lives_++, retention_};
    ChildProcess child([&](const ChildProcess::Say& say) {
      Bomb bomb(point, nth);
      restorewatch::live(
          life, bomb,
          {[&] { say("."); }, [&](std::uint64_t count) { say(std::to_string(count) + ";"); }});
    });
    const Heard heard(child.hear_all());
    steps_ += heard.steps;
    published_ = heard.published;
    return child.exit_code();
  }

  std::string store() const { return folder_.file("store.db"); }
  const EventLog& events() const { return events_; }
  unsigned long long published() const { return published_; }

 private:
  const bool retention_;
  TemporaryFolder folder_;
  EventLog events_{folder_.file("events")};
  int steps_ = 0;
  int lives_ = 0;
  unsigned long long published_ = 0;  // in the last life
};

std::set<std::string> as_set(const std::vector<std::string>& ids) {
  return {ids.begin(), ids.end()};
}

struct Crash {
  CrashPoint point;
  int nth;
};

void PrintTo(const Crash& crash, std::ostream* out) {
  *out << name(crash.point) << " " << crash.nth;
}

/// What must come out of any number of lives.
struct Outcomes {
  explicit Outcomes(const std::string& path) {
    OpenStore store(path);
    totals = store->load_totals().value();
    for (const TargetKey& target : *store->known_targets()) {
      counters.emplace(target, store->load(target)->counters);
    }
    for (const PopulationMember& member : *store->load_population()) {
      population.emplace(member.target, member.blind);
    }
  }
  bool operator==(const Outcomes&) const = default;

  FleetTotals totals;
  std::map<TargetKey, TargetCounters> counters;
  std::map<TargetKey, bool> population;
};

/// What a life that ends well leaves behind.
struct Undisturbed {
  Undisturbed() {
    Lives lives(false);
    EXPECT_EQ(lives.live({}, 0), 0);
    const auto journal = read_journal(lives.store());
    ids = as_set(event_ids(journal));
    outcomes = std::make_unique<Outcomes>(lives.store());
    FleetTotals counted;
    for (const JournalEntry& entry : journal) {
      if (entry.transition() != nullptr) count(*entry.transition(), counted);
    }
    EXPECT_EQ(outcomes->totals, counted);
  }
  std::set<std::string> ids;
  std::unique_ptr<Outcomes> outcomes;
};

const Undisturbed& undisturbed() {
  static const Undisturbed life;
  return life;
}

TEST(UndisturbedLife, TellsEveryEnd) {
  const std::set<std::string>& ids = undisturbed().ids;
  EXPECT_EQ(ids.size(), 14U);
  for (const char* const state :
       {":completed:1", ":failed:1", ":cancelled:1", ":expired:1", ":ready:1", ":lost:1"}) {
    EXPECT_TRUE(std::ranges::any_of(ids, [&](const auto& id) { return id.ends_with(state); }))
        << state;
  }
}

class CrashPoints : public testing::TestWithParam<Crash> {
 protected:
  void crash(Lives& lives) {
    ASSERT_EQ(lives.live(GetParam().point, GetParam().nth), std::nullopt)
        << "the point was not reached";
  }

  static void expect_the_same_outcomes(const Lives& lives) {
    EXPECT_EQ(lives.events().ids(), undisturbed().ids);
    EXPECT_EQ(Outcomes(lives.store()), *undisturbed().outcomes);
    EXPECT_EQ(store_findings(lives.store()), std::vector<std::string>{});
    EXPECT_EQ(lives.published(), undisturbed().ids.size());
  }
};

TEST_P(CrashPoints, LoseNothingAndRepeatNothing) {
  Lives lives(false);
  crash(lives);
  const std::set<std::string> committed = as_set(event_ids(read_journal(lives.store())));
  EXPECT_LE(lives.published(), committed.size()) << "a page showed what is not committed";
  for (const std::string& id : lives.events().ids()) {
    EXPECT_TRUE(committed.contains(id)) << id << " was told and is not committed";
  }

  ASSERT_EQ(lives.live({}, 0), 0);
  expect_the_same_outcomes(lives);
  const auto journal = read_journal(lives.store());
  EXPECT_EQ(as_set(event_ids(journal)), undisturbed().ids);
  EXPECT_EQ(journal_findings(journal), std::vector<std::string>{});
  EXPECT_EQ(delivery_findings(lives.events().runs(), event_ids(journal)),
            std::vector<std::string>{});
}

class Retention : public CrashPoints {};

// Of what is cut off the journal the counters remain, and it was told before.
TEST_P(Retention, LosesNothingThatCounts) {
  Lives lives(true);
  crash(lives);
  ASSERT_EQ(lives.live({}, 0), 0);
  expect_the_same_outcomes(lives);
  const auto journal = read_journal(lives.store());
  EXPECT_GT(journal.front().seq, 1U);
  EXPECT_EQ(journal_findings(journal), std::vector<std::string>{});
}

bool is_of_retention(CrashPoint point) {
  return point >= CrashPoint::BeforeRetention;
}

std::vector<Crash> every_crash() {
  std::vector<Crash> crashes;
  for (const CrashPoint point : kCrashPoints) {
    if (is_of_retention(point)) continue;
    for (const int nth : {1, 2, 5}) crashes.push_back({point, nth});
  }
  return crashes;
}

std::vector<Crash> every_crash_with_retention() {
  std::vector<Crash> crashes;
  for (const CrashPoint point : kCrashPoints) {
    if (point == CrashPoint::BeforeNote || is_of_retention(point)) {
      for (const int nth : {2, 3, 5}) crashes.push_back({point, nth});
    }
  }
  return crashes;
}

std::string name_of(const testing::TestParamInfo<Crash>& test) {
  return std::string(name(test.param.point)) + std::to_string(test.param.nth);
}

INSTANTIATE_TEST_SUITE_P(Each, CrashPoints, testing::ValuesIn(every_crash()), name_of);
INSTANTIATE_TEST_SUITE_P(Each, Retention, testing::ValuesIn(every_crash_with_retention()), name_of);

}  // namespace
}  // namespace restorewatch
