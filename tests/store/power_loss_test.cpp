// The power fails at any moment: what was announced is there, and nothing is half. The store's own
// writing is recorded, and hundreds of contents that the disk may then have are opened again.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <deque>
#include <fstream>

#include "store/busy_thread.h"
#include "store/commit_answer.h"
#include "store/inventory_samples.h"
#include "store/open_store.h"
#include "store/recording_vfs.h"
#include "store/run_sql.h"
#include "store/store_history.h"
#include "store/temporary_folder.h"
#include "store/unsafe_disk.h"
#include "store/verifier.h"

namespace restorewatch {
namespace {

/// When a commit was handed over and answered, in steps of the recording.
struct Handled {
  std::size_t handed_over = 0;
  std::size_t announced = SIZE_MAX;  // answered Committed with the promise that it is on the disk
};

/// Lives of a store, in which everything happens that writes.
class RecordedLives {
 public:
  /// Lives of so many transactions. The steps are the same each time: what shares a transaction is
  /// no matter of timing.
  RecordedLives(std::uint32_t seed, std::initializer_list<int> lives) : history_(seed) {
    recording_.emplace();
    for (const int transactions : lives) live(transactions);
    steps_ = recording_->steps();
    recording_.reset();
  }

  const StoreHistory& history() const { return history_; }
  const std::vector<RecordedStep>& steps() const { return steps_; }

  /// How many commits must be there at least, or can be at most, when the power fails after
  /// so many steps.
  std::size_t announced_by(std::size_t step) const {
    std::size_t commits = 0;
    for (std::size_t i = 0; i < handled_.size(); ++i) {
      if (handled_[i].announced <= step) commits = i + 1;
    }
    return commits;
  }
  std::size_t handed_over_by(std::size_t step) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        handled_, [step](const Handled& one) { return one.handed_over <= step; }));
  }

 private:
  std::string path() const { return folder_.file("store.db"); }

  void live(int transactions) {
    StoreOptions options = options_for(path());
    options.flush_interval = std::chrono::hours{1};
    OpenStore store(options);
    for (int i = 0; i < transactions; ++i) {
      if (i % 4 == 1) store->checkpoint({history_.look()});
      if (i % 5 == 2) store->advance("log", store->last_seq().value());
      commit_together(store.store(), 1 + i % 3);
      if (i % 6 == 4) record_notes(store.store());
      if (i % 7 == 3) store->save_inventory(sample_inventory(static_cast<unsigned>(i % 4)));
      store->drain();
      // The next commit then starts the log from its beginning.
      if (i % 10 == 6) run_sql(path(), "PRAGMA wal_checkpoint(PASSIVE)");
    }
  }

  void commit_together(SqliteStore& store, int commits) {
    const BusyThread busy(store);
    for (int i = 0; i < commits; ++i) commit(store);
  }

  void commit(SqliteStore& store) {
    const PollResult& result = history_.next();
    const bool promised = !result.transitions.empty() || result.baseline_at.has_value();
    store.commit(result, handed_over(promised));
  }

  void record_notes(SqliteStore& store) { store.record(history_.next_notes(), handed_over(true)); }

  JobStore::CommitDone handed_over(bool promised) {
    Handled& handled = handled_.emplace_back(Handled{recording_->now()});
    return [this, promised, &handled](CommitStatus status) {
      EXPECT_EQ(status, CommitStatus::Committed);
      if (promised) handled.announced = recording_->now();
    };
  }

  TemporaryFolder folder_{parent_in_memory()};
  StoreHistory history_;
  std::deque<Handled> handled_;  // by commit; callbacks keep references
  std::optional<RecordingVfs> recording_;
  std::vector<RecordedStep> steps_;
};

std::string integrity_of(const std::string& path) {
  std::string found;
  sqlite3* database = nullptr;
  sqlite3_open(path.c_str(), &database);
  const auto note = [](void* text, int, char** values, char**) {
    *static_cast<std::string*>(text) += values[0];
    return 0;
  };
  sqlite3_exec(database, "PRAGMA integrity_check", note, &found, nullptr);
  sqlite3_close(database);
  return found;
}

bool is_one_that_was_saved(const std::vector<KnownProject>& inventory) {
  return inventory == sample_inventory(static_cast<unsigned>(inventory.size()));
}

/// The disk's content in a folder of its own.
class Image {
 public:
  explicit Image(const UnsafeDisk::Content& content) {
    for (const auto& [name, bytes] : content) {
      const std::string file = std::filesystem::path(name).filename();
      std::ofstream(folder_.file(file), std::ios::binary) << bytes;
    }
  }
  std::string path() const { return folder_.file("store.db"); }

 private:
  TemporaryFolder folder_{parent_in_memory()};
};

void expect_sound_after(std::size_t step, const UnsafeDisk::Content& content,
                        const RecordedLives& lives) {
  const Image image(content);
  {
    OpenStore store(image.path());
    const std::size_t commits = lives.history().expect_some_moment(store.store());
    EXPECT_GE(commits, lives.announced_by(step));
    EXPECT_LE(commits, lives.handed_over_by(step));
    EXPECT_LE(store->cursor("log").value(), store->last_seq().value());
    EXPECT_TRUE(is_one_that_was_saved(store->load_inventory().value()));
  }
  EXPECT_EQ(integrity_of(image.path()), "ok");
  EXPECT_EQ(verify_store(image.path(), {}).value().findings, std::vector<std::string>{});
}

/// Every moment next to a step that makes something durable or changes names, and `others`.
std::set<std::size_t> moments_of(const std::vector<RecordedStep>& steps, std::size_t others,
                                 std::mt19937& random) {
  std::set<std::size_t> moments{steps.size()};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].act != FileAct::Write) moments.insert({i, i + 1});
  }
  for (std::size_t i = 0; i < others; ++i) moments.insert(random() % steps.size());
  return moments;
}

void expect_sound_at_every_moment(const RecordedLives& lives, std::size_t others,
                                  std::uint32_t seed) {
  std::mt19937 random(seed);
  UnsafeDisk disk;
  std::size_t taken = 0;
  for (const std::size_t moment : moments_of(lives.steps(), others, random)) {
    for (; taken < moment; ++taken) disk.take(lives.steps()[taken]);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", power cut after step " +
                 std::to_string(moment) + " of " + std::to_string(lives.steps().size()));
    try {
      expect_sound_after(moment, disk.after_power_cut(random), lives);
    } catch (const std::exception& e) {
      ADD_FAILURE() << e.what();
    }
    if (testing::Test::HasFailure()) return;  // the first one says enough
  }
}

class PowerLossTest : public testing::TestWithParam<std::uint32_t> {};

TEST_P(PowerLossTest, KeepsWhatWasAnnouncedAndNothingHalf) {
  const RecordedLives lives(GetParam(), {20, 8});
  expect_sound_at_every_moment(lives, 100, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Seeds, PowerLossTest, testing::Range(1U, 4U));

}  // namespace
}  // namespace restorewatch
