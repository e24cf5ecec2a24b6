#include "store/recording_vfs.h"

namespace restorewatch {

std::size_t RecordingVfs::now() const {
  const std::lock_guard lock(mutex_);
  return steps_.size();
}

void RecordingVfs::after(const FileStep& step) {
  if (step.act == FileAct::Read || step.act == FileAct::MapShared) return;
  const std::lock_guard lock(mutex_);
  steps_.push_back({step.act, std::string(step.path), step.offset,
                    std::string(step.data.begin(), step.data.end()), step.syncs_folder});
}

}  // namespace restorewatch
