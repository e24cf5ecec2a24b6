#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "fakes/memory_store.h"
#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/temporary_folder.h"

namespace restorewatch {

/// A store, however it comes about.
class StoreMaker {
 public:
  virtual ~StoreMaker() = default;
  virtual JobStore& jobs() = 0;
  virtual Journal& journal() = 0;
  virtual InventoryStore& inventory() = 0;
  virtual PopulationStore& population() = 0;
  /// What happens when the daemon is started again.
  virtual void restart() = 0;
};

class MemoryStoreMaker final : public StoreMaker {
 public:
  JobStore& jobs() override { return store_; }
  Journal& journal() override { return store_; }
  InventoryStore& inventory() override { return store_; }
  PopulationStore& population() override { return store_; }
  void restart() override {}  // it forgets nothing while it exists

 private:
  MemoryStore store_;
};

class SqliteStoreMaker final : public StoreMaker {
 public:
  JobStore& jobs() override { return opened_->store(); }
  Journal& journal() override { return opened_->store(); }
  InventoryStore& inventory() override { return opened_->store(); }
  PopulationStore& population() override { return opened_->store(); }
  void restart() override {
    opened_.reset();
    opened_ = std::make_unique<OpenStore>(folder_.file("store.db"));
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<OpenStore> opened_ = std::make_unique<OpenStore>(folder_.file("store.db"));
};

/// A test that is run against each store.
template <typename Maker>
class EveryStoreTest : public testing::Test {
 protected:
  JobStore& jobs() { return maker_.jobs(); }
  Journal& journal() { return maker_.journal(); }
  InventoryStore& inventory() { return maker_.inventory(); }
  PopulationStore& population() { return maker_.population(); }
  void restart() { maker_.restart(); }

  CommitStatus commit(const PollResult& result) { return commit_and_wait(jobs(), result); }

  TargetRecord loaded(const TargetKey& target) {
    Result<TargetRecord> record = jobs().load(target);
    EXPECT_TRUE(record.ok()) << record.error().detail;
    return record.ok() ? *record : TargetRecord{};
  }
  FleetTotals totals() {
    Result<FleetTotals> read = jobs().load_totals();
    EXPECT_TRUE(read.ok()) << read.error().detail;
    return read.ok() ? *read : FleetTotals{};
  }
  std::vector<JournalEntry> entries(std::uint64_t after, std::size_t limit = 1'000'000) {
    Result<std::vector<JournalEntry>> read = journal().read_after(after, limit);
    EXPECT_TRUE(read.ok()) << read.error().detail;
    return read.ok() ? *read : std::vector<JournalEntry>{};
  }

 private:
  Maker maker_;
};

using EveryStore = testing::Types<MemoryStoreMaker, SqliteStoreMaker>;

}  // namespace restorewatch
