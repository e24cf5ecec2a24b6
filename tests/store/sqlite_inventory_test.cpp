// The inventory in the file: what is written of it, and what a kill or a full disk leaves.

#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "store/child_process.h"
#include "store/commit_answer.h"
#include "store/inventory_samples.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/telling_clock.h"
#include "store/temporary_folder.h"
#include "store/watched_files.h"

namespace restorewatch {
namespace {

using Inventory = std::vector<KnownProject>;

Inventory older() {
  return {sample_project(1), full_project(2), sample_project(4)};
}

Inventory newer() {
  return {full_project(1), full_project(2), sample_project(3)};
}

/// Saves, and waits until it is written: a commit that comes later is answered later.
void save(OpenStore& store, Inventory projects) {
  store->save_inventory(std::move(projects));
  commit_and_wait(store.store(), {});
}

class SqliteInventoryTest : public testing::Test {
 protected:
  std::string path() const { return folder_.file("store.db"); }

  static double rows(const OpenStore& store) {
    return store.counter("restorewatch_store_rows_written_total");
  }

  TemporaryFolder folder_;
};

TEST_F(SqliteInventoryTest, AnUnchangedSaveWritesNothing) {
  Inventory inventory = sample_inventory(100);
  inventory[50] = full_project(50);
  {
    OpenStore store(path());
    save(store, inventory);
    // of each of the samples: itself, its credential, its cluster
    EXPECT_GE(rows(store), 300);
    const double before = rows(store);
    const std::uint64_t transactions = store.transactions();
    save(store, inventory);
    EXPECT_EQ(rows(store), before);
    EXPECT_EQ(store.transactions(), transactions);
  }
  OpenStore again(path());
  save(again, inventory);
  EXPECT_EQ(rows(again), 0);
}

TEST_F(SqliteInventoryTest, AChangedClusterRewritesItsProjectAndNoOther) {
  Inventory inventory = sample_inventory(100);
  OpenStore store(path());
  save(store, inventory);
  for (int round = 0; round < 2; ++round) {
    const double before = rows(store);
    inventory[30].clusters.front().cluster.paused = round == 0;
    save(store, inventory);
    EXPECT_EQ(rows(store) - before, 6);  // three rows gone, three new ones
    EXPECT_EQ(store->load_inventory().value(), inventory);
  }
}

TEST_F(SqliteInventoryTest, IsWrittenWithoutACommitToGoAlongWith) {
  StoreOptions patient = options_for(path());
  patient.flush_interval = std::chrono::hours{1};
  const TellingClock clock;
  OpenStore store(patient, clock);
  auto written = clock.asked();
  store->save_inventory(older());
  ASSERT_EQ(written.wait_for(kDeadline), std::future_status::ready);
  EXPECT_EQ(store->load_inventory().value(), older());
}

TEST_F(SqliteInventoryTest, StoppingWritesWhatWaitsAndTakesNoMore) {
  {
    OpenStore store(path());
    store->save_inventory(older());
    store->stop();
    store->save_inventory(newer());
    EXPECT_EQ(store->load_inventory().value(), older());
  }
  EXPECT_EQ(OpenStore(path())->load_inventory().value(), older());
}

TEST_F(SqliteInventoryTest, WhatAFullDiskRefusedTheNextSaveBrings) {
  bool went_through = false;
  for (int step = 0; !went_through; ++step) {
    SCOPED_TRACE(step);
    ASSERT_LT(step, 200);
    const TemporaryFolder folder;
    WatchedFiles files;
    {
      OpenStore store(folder.file("store.db"));
      save(store, older());
      files.fill_disk(step);
      save(store, newer());
      files.free_disk();
      went_through = store->healthy();
      EXPECT_EQ(store->load_inventory().value(), went_through ? newer() : older());
      if (step % 2 == 0) save(store, older());  // what the file holds counts, not what was asked
      save(store, newer());
      EXPECT_TRUE(store->healthy());
      EXPECT_EQ(store->load_inventory().value(), newer());
    }
    EXPECT_EQ(OpenStore(folder.file("store.db"))->load_inventory().value(), newer());
    if (went_through) {
      EXPECT_GT(step, 2) << "no step of the save was reached";
    }
  }
}

// Not every error makes SQLite roll back by itself: a table that is missing does not.
TEST_F(SqliteInventoryTest, AFailureHalfWayThroughLeavesTheOldOneAndLetsCommitsThrough) {
  OpenStore store(path());
  save(store, older());
  run_sql(path(), "ALTER TABLE tags RENAME TO hidden");
  save(store, newer());
  EXPECT_FALSE(store->healthy());
  EXPECT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), 0)),
            CommitStatus::Committed);
  run_sql(path(), "ALTER TABLE hidden RENAME TO tags");
  EXPECT_EQ(store->load_inventory().value(), older());
  save(store, newer());
  EXPECT_EQ(store->load_inventory().value(), newer());
}

// Opens a new store, saves twice, closes it.
void live_one_life(const std::string& path, int killed_at, const ChildProcess::Say& say) {
  WatchedFiles files;
  files.kill_at(killed_at);
  OpenStore store(path);
  for (const Inventory& inventory : {older(), newer()}) {
    save(store, inventory);
    say("s");
  }
}

TEST_F(SqliteInventoryTest, AKillAtAnyStepLeavesTheOldOneOrTheNewOne) {
  const std::array<Inventory, 3> states{Inventory{}, older(), newer()};
  bool lived_to_the_end = false;
  for (int step = 0; !lived_to_the_end; ++step) {
    SCOPED_TRACE(step);
    ASSERT_LT(step, 500);
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    ChildProcess child([&](const ChildProcess::Say& say) { live_one_life(path, step, say); });
    const std::size_t saved = child.hear_all().size();
    lived_to_the_end = child.exit_code() == 0;

    const Inventory left = OpenStore(path)->load_inventory().value();
    const bool old_or_new = left == states[saved] || (saved < 2 && left == states[saved + 1]);
    EXPECT_TRUE(old_or_new) << "after " << saved << " saves";
    if (lived_to_the_end) {
      EXPECT_EQ(left, newer());
      EXPECT_GT(step, 10) << "no step of the saves was reached";
    }
  }
}

struct OddRow {
  std::string_view name;
  const char* sql;
};

class OddInventoryTest : public SqliteInventoryTest, public testing::WithParamInterface<OddRow> {};

TEST_P(OddInventoryTest, IsAnErrorAndNotAGuess) {
  {
    OpenStore store(path());
    save(store, older());
  }
  run_sql(path(), GetParam().sql);
  OpenStore store(path());
  EXPECT_FALSE(store->load_inventory().ok());
  EXPECT_TRUE(store->load(sample_target()).ok());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, OddInventoryTest,
    testing::Values(
        OddRow{"Tier", "UPDATE clusters SET tier = 9"},
        OddRow{"Generation", "UPDATE clusters SET api = 0"},
        OddRow{"ClusterId", "UPDATE clusters SET cluster_id = x'01'"},
        OddRow{"ProjectId",
               "UPDATE projects SET project_id = x'01' WHERE "
               "project_id = (SELECT max(project_id) FROM projects)"},
        OddRow{"ClusterOfNoProject", "DELETE FROM projects"},
        OddRow{"GapBetweenClusters", "UPDATE clusters SET place = 9 WHERE place = 1"},
        OddRow{"Source", "UPDATE cluster_sources SET source = 77"},
        OddRow{"SourceOfNoCluster", "UPDATE cluster_sources SET place = 0 WHERE place = 2"},
        OddRow{"SourceOfNoProject", "UPDATE cluster_sources SET project_id = zeroblob(12)"},
        OddRow{"TagOfNoCluster", "UPDATE tags SET place = 90 WHERE place = 2"},
        OddRow{"TagOfNoProject", "UPDATE tags SET project_id = zeroblob(12)"},
        OddRow{"CredentialOfNoProject",
               "UPDATE project_credentials SET project_id = zeroblob(12) "
               "WHERE place = 5"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace restorewatch
