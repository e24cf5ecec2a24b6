#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "store/vfs_shim.h"

namespace restorewatch {

/// A step that a power cut can undo, or that guards others against that.
struct RecordedStep {
  FileAct act{};
  std::string path;
  std::int64_t offset = 0;  // see FileStep
  std::string data;
  bool syncs_folder = false;
};

/// Remembers, while it exists, everything that SQLite does to files, in order.
class RecordingVfs final : private FileWatcher {
 public:
  RecordingVfs() : shim_(*this) {}

  /// How many steps there are so far: what is answered now is answered before any later one.
  std::size_t now() const;

  /// All of them. To be asked for once nothing is open any more.
  const std::vector<RecordedStep>& steps() const { return steps_; }

 private:
  void after(const FileStep& step) override;

  mutable std::mutex mutex_;  // guards steps_
  std::vector<RecordedStep> steps_;
  VfsShim shim_;
};

}  // namespace restorewatch
