#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace restorewatch {

/// While it exists, SQLite reaches its files through this: it counts what is forced to the disk
/// and makes writing fail or the process die at a chosen moment. One at a time; made before the
/// store is opened and gone after it is closed.
class WatchedFiles {
 public:
  WatchedFiles();
  ~WatchedFiles();
  WatchedFiles(const WatchedFiles&) = delete;
  WatchedFiles& operator=(const WatchedFiles&) = delete;

  /// fsync calls on the write-ahead log so far.
  int log_syncs() const;

  /// Writes and syncs so far, of any file.
  int steps() const;

  /// The disk is full: from the given step on (counted from now, from 0) writes fail.
  void fill_disk(int from_step = 0);
  void free_disk();

  /// Called whenever the write-ahead log has been written and is about to be forced to the disk.
  void before_log_sync(std::function<void()> then);

  /// SIGKILL in place of the given step, counted from now.
  void kill_at(int step);

 private:
  struct Hooks;
  std::unique_ptr<Hooks> hooks_;
};

}  // namespace restorewatch
