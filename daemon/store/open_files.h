#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace restorewatch {

/// The files that SQLite holds open, and whether they are still the ones that go by their names.
/// A removed file can be written to with success, and all of it is gone with the process.
class OpenFiles {
 public:
  /// Takes note of the store at `path`, which is open, its log and its shared memory.
  explicit OpenFiles(const std::string& path);

  /// Error: Storage, for the first name that is gone or is another file's now. Costs three calls
  /// of stat(), some microseconds in all.
  Status still_in_place() const;

 private:
  struct File {
    std::string path;
    std::optional<std::array<std::uint64_t, 2>> identity;  // device and inode
  };
  std::array<File, 3> files_;
};

}  // namespace restorewatch
