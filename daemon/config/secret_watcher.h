#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/secret.h"

namespace restorewatch {

/// A secret that may change while the daemon runs.
struct WatchedSecret {
  std::string name;  // what it is for, for the log
  std::string path;  // SecretFile::path
  Secret secret;     // as it was read last
  std::function<void(const Secret&)> changed;
};

/// Reads secret files again and again, and says what has changed. It compares what is in them, so
/// that it makes no difference how a file was changed: written in place, renamed over, or by
/// a link above it, as Kubernetes does. A file that is missing, empty or cannot be read changes
/// nothing and is logged once. Reading blocks, which for such files is a matter of microseconds.
/// On the loop's thread only; must outlive the loop's work.
class SecretWatcher {
 public:
  static constexpr std::chrono::seconds kEvery{10};

  /// `clock` and `loop` must outlive the watcher.
  SecretWatcher(Loop& loop, const Clock& clock, Log log);

  /// These, in place of those before. `changed` is called on the loop's thread.
  void watch(std::vector<WatchedSecret> secrets);

  void start();
  void stop() { stopping_ = true; }

 private:
  struct Entry {
    WatchedSecret watched;
    std::string problem{};  // said already; empty: none
  };

  void look();
  bool has_changed(Entry& entry);

  Loop& loop_;
  const Clock& clock_;
  Log log_;
  std::vector<Entry> entries_;
  bool stopping_ = false;
};

}  // namespace restorewatch
