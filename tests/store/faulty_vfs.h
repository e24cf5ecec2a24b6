#pragma once

#include <climits>
#include <cstdint>
#include <mutex>
#include <random>
#include <set>

#include "store/vfs_shim.h"

namespace restorewatch {

/// A disk that fails on demand. Made before the store is opened and gone after it is closed.
class FaultyVfs final : private FileWatcher {
 public:
  struct Fault {
    std::set<FileAct> acts;  // that fail
    int code = 0;            // what SQLite is told
    int from = 0;            // the first to fail, of those acts from now on; counted from 0
    int times = INT_MAX;     // how many fail
    unsigned percent = 100;  // of them, drawn at random
    std::uint32_t seed = 0;  // for that
  };

  FaultyVfs() : shim_(*this) {}

  /// In place of an earlier fault.
  void fail(const Fault& fault);
  void heal();

  /// How often the present or, healed, the last fault has struck.
  int struck() const;

 private:
  int before(const FileStep& step) override;

  mutable std::mutex mutex_;  // guards everything below but shim_
  Fault fault_;
  std::mt19937 random_;
  int seen_ = 0;
  int struck_ = 0;
  VfsShim shim_;
};

}  // namespace restorewatch
