#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "store/recording_vfs.h"

namespace restorewatch {

/// A disk that keeps what was synced, and of everything else whatever it likes: each sector of
/// each write, each truncation, each new or removed name is kept or lost by itself, a kept sector
/// may be torn, and where a file has grown there may be zeros or rubbish.
/// As POSIX has it, a file's name is durable once its folder was synced, whether or not it was.
class UnsafeDisk {
 public:
  using Content = std::map<std::string, std::string>;  // by path

  /// `step` must live as long as the disk.
  void take(const RecordedStep& step);

  /// One of the many contents that it may have if the power fails now.
  Content after_power_cut(std::mt19937& random) const;

 private:
  struct File {
    std::string durable;
    std::vector<const RecordedStep*> pending;  // since the last sync
  };
  using Names = std::map<std::string, std::shared_ptr<File>>;

  static void sync(File& file);
  static std::string some_of(const File& file, std::mt19937& random);

  Names names_;
  Names durable_names_;
  std::vector<std::pair<std::string, std::shared_ptr<File>>> pending_names_;  // null: removed
};

}  // namespace restorewatch
