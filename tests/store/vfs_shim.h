#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace restorewatch {

enum class FileAct { Open, Read, Write, Truncate, Sync, Delete, MapShared };

/// Something that SQLite does with a file.
struct FileStep {
  FileAct act{};
  std::string_view path;
  std::int64_t offset = 0;               // of Read and Write; of Truncate the new size
  std::span<const std::uint8_t> data{};  // of Write
  bool syncs_folder = false;  // of Sync and Delete: the folder's entries are durable, too
};

/// Told of every step, on the thread that does it. Both are called by several threads at once.
class FileWatcher {
 public:
  virtual ~FileWatcher() = default;

  /// Gives SQLITE_OK, or the error that SQLite is to see in place of the step.
  virtual int before(const FileStep& step);
  /// The step was done, with success.
  virtual void after(const FileStep& step);
};

/// While it exists, every connection of the process that is opened reaches its files through it,
/// and `watcher` (which must outlive it) sees and decides. What is done is done by the VFS that was
/// the default before. Shared memory is passed on but for its mapping: it is never durable. Gone
/// only after the connections that were made under it.
class VfsShim {
 public:
  explicit VfsShim(FileWatcher& watcher);
  ~VfsShim();
  VfsShim(const VfsShim&) = delete;
  VfsShim& operator=(const VfsShim&) = delete;

 private:
  struct Registered;
  std::unique_ptr<Registered> registered_;
};

}  // namespace restorewatch
