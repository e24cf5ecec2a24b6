#include "store/vfs_shim.h"

#include <sqlite3.h>

#include <new>

namespace restorewatch {
namespace {

/// What the registered VFS knows; SQLite hands it back as pAppData.
struct Context {
  sqlite3_vfs vfs{};
  sqlite3_vfs* original = nullptr;
  FileWatcher* watcher = nullptr;
};

/// What SQLite holds in its hands; the original's file lies right behind it.
struct ShimFile : sqlite3_file {
  FileWatcher* watcher = nullptr;
  std::string_view path;  // SQLite keeps the name as long as the file is open
  bool folder_due = false;
};

ShimFile& shim(sqlite3_file* file) {
  return *static_cast<ShimFile*>(file);
}

sqlite3_file* original(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(&shim(file) + 1);
}

const sqlite3_io_methods& methods(sqlite3_file* file) {
  return *original(file)->pMethods;
}

/// Does the step by `act`, between the two questions.
template <typename Act>
int take(FileWatcher& watcher, const FileStep& step, const Act& act) {
  if (const int refused = watcher.before(step); refused != SQLITE_OK) return refused;
  const int code = act();
  if (code == SQLITE_OK) watcher.after(step);
  return code;
}

int close(sqlite3_file* file) {
  return methods(file).xClose(original(file));
}

int read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
  return take(*shim(file).watcher, {FileAct::Read, shim(file).path, offset},
              [&] { return methods(file).xRead(original(file), data, size, offset); });
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  const std::span bytes(static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size));
  return take(*shim(file).watcher, {FileAct::Write, shim(file).path, offset, bytes},
              [&] { return methods(file).xWrite(original(file), data, size, offset); });
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return take(*shim(file).watcher, {FileAct::Truncate, shim(file).path, size},
              [&] { return methods(file).xTruncate(original(file), size); });
}

int sync(sqlite3_file* file, int flags) {
  ShimFile& own = shim(file);
  const int code = take(*own.watcher, {FileAct::Sync, own.path, 0, {}, own.folder_due},
                        [&] { return methods(file).xSync(original(file), flags); });
  if (code == SQLITE_OK) own.folder_due = false;
  return code;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return methods(file).xFileSize(original(file), size);
}

int lock(sqlite3_file* file, int level) {
  return methods(file).xLock(original(file), level);
}

int unlock(sqlite3_file* file, int level) {
  return methods(file).xUnlock(original(file), level);
}

int check_reserved_lock(sqlite3_file* file, int* held) {
  return methods(file).xCheckReservedLock(original(file), held);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
  return methods(file).xFileControl(original(file), operation, argument);
}

int sector_size(sqlite3_file* file) {
  return methods(file).xSectorSize(original(file));
}

int characteristics(sqlite3_file* file) {
  return methods(file).xDeviceCharacteristics(original(file));
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** mapped) {
  return take(*shim(file).watcher, {FileAct::MapShared, shim(file).path},
              [&] { return methods(file).xShmMap(original(file), region, size, extend, mapped); });
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return methods(file).xShmLock(original(file), offset, count, flags);
}

void shm_barrier(sqlite3_file* file) {
  methods(file).xShmBarrier(original(file));
}

int shm_unmap(sqlite3_file* file, int remove) {
  return methods(file).xShmUnmap(original(file), remove);
}

// Version 2 ends here: without xFetch, every read comes by xRead.
constexpr sqlite3_io_methods kMethods{2,
                                      close,
                                      read,
                                      write,
                                      truncate,
                                      sync,
                                      file_size,
                                      lock,
                                      unlock,
                                      check_reserved_lock,
                                      file_control,
                                      sector_size,
                                      characteristics,
                                      shm_map,
                                      shm_lock,
                                      shm_barrier,
                                      shm_unmap,
                                      nullptr,
                                      nullptr};

// As os_unix.c does it: the first sync of such a file makes its name durable as well.
bool syncs_its_folder(int flags) {
  constexpr int kLogs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
  return (flags & SQLITE_OPEN_CREATE) != 0 && (flags & kLogs) != 0;
}

const Context& context(const sqlite3_vfs* vfs) {
  return *static_cast<const Context*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  const Context& known = context(vfs);
  auto* const own = ::new (file) ShimFile;
  own->pMethods = nullptr;  // nothing to close yet
  own->watcher = known.watcher;
  own->path = name == nullptr ? "" : name;
  own->folder_due = syncs_its_folder(flags);
  original(file)->pMethods = nullptr;
  const int code = take(*known.watcher, {FileAct::Open, own->path}, [&] {
    return known.original->xOpen(known.original, name, original(file), flags, out_flags);
  });
  if (original(file)->pMethods != nullptr) own->pMethods = &kMethods;
  return code;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  const Context& known = context(vfs);
  return take(*known.watcher, {FileAct::Delete, name, 0, {}, sync_folder != 0},
              [&] { return known.original->xDelete(known.original, name, sync_folder); });
}

}  // namespace

int FileWatcher::before(const FileStep& /*step*/) {
  return SQLITE_OK;
}

void FileWatcher::after(const FileStep& /*step*/) {}

struct VfsShim::Registered : Context {};

VfsShim::VfsShim(FileWatcher& watcher) : registered_(std::make_unique<Registered>()) {
  sqlite3_initialize();
  Registered& own = *registered_;
  own.original = sqlite3_vfs_find(nullptr);
  own.watcher = &watcher;
  own.vfs = *own.original;  // what is not replaced needs no file
  own.vfs.zName = "shim";
  own.vfs.szOsFile += static_cast<int>(sizeof(ShimFile));
  own.vfs.pAppData = static_cast<Context*>(&own);
  own.vfs.xOpen = open;
  own.vfs.xDelete = remove;
  sqlite3_vfs_register(&own.vfs, 1);
}

VfsShim::~VfsShim() {
  sqlite3_vfs_unregister(&registered_->vfs);
  sqlite3_vfs_register(registered_->original, 1);
}

}  // namespace restorewatch
