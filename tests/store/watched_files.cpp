#include "store/watched_files.h"

#include <sqlite3.h>

#include <atomic>
#include <cassert>
#include <climits>
#include <csignal>
#include <utility>

namespace restorewatch {
namespace {

constexpr int kNever = INT_MAX;

/// SQLite's methods for one sort of file, with ours in place of some.
struct WatchedMethods : sqlite3_io_methods {
  const sqlite3_io_methods* original = nullptr;
};

// SQLite hands its callbacks no place for own data, so it is here.
struct State {
  std::atomic<int> log_syncs{0};
  std::atomic<int> steps{0};
  std::atomic<int> full_from{kNever};
  std::atomic<int> kill_at{kNever};
  std::function<void()> before_log_sync;
  WatchedMethods main_methods;
  WatchedMethods log_methods;
  WatchedMethods other_methods;
  sqlite3_vfs* original_vfs = nullptr;
};

State& state() {
  static State instance;
  return instance;
}

// Counts a step; false: the disk is full.
bool take_step() {
  const int step = state().steps++;
  if (step == state().kill_at) ::raise(SIGKILL);
  return step < state().full_from;
}

const sqlite3_io_methods& original(sqlite3_file* file) {
  return *static_cast<const WatchedMethods*>(file->pMethods)->original;
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  if (!take_step()) return SQLITE_FULL;
  return original(file).xWrite(file, data, size, offset);
}

int sync(sqlite3_file* file, int flags) {
  take_step();
  return original(file).xSync(file, flags);
}

int sync_log(sqlite3_file* file, int flags) {
  ++state().log_syncs;
  if (state().before_log_sync) state().before_log_sync();
  return sync(file, flags);
}

void watch(sqlite3_file* file, WatchedMethods& methods) {
  static_cast<sqlite3_io_methods&>(methods) = *file->pMethods;
  methods.original = file->pMethods;
  methods.xWrite = write;
  methods.xSync = &methods == &state().log_methods ? sync_log : sync;
  file->pMethods = &methods;
}

WatchedMethods& methods_for(int flags) {  // SQLite locks the main file and no other
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) return state().main_methods;
  if ((flags & SQLITE_OPEN_WAL) != 0) return state().log_methods;
  return state().other_methods;
}

int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  sqlite3_vfs* const vfs = state().original_vfs;
  assert(vfs != nullptr);
  const int code = vfs->xOpen(vfs, name, file, flags, out_flags);
  if (code == SQLITE_OK && file->pMethods != nullptr) watch(file, methods_for(flags));
  return code;
}

}  // namespace

struct WatchedFiles::Hooks {
  sqlite3_vfs vfs{};
  State& state;
};

WatchedFiles::WatchedFiles() : hooks_(std::make_unique<Hooks>(Hooks{{}, state()})) {
  sqlite3_initialize();
  state().original_vfs = sqlite3_vfs_find(nullptr);
  state().log_syncs = 0;
  state().steps = 0;
  free_disk();
  state().kill_at = kNever;
  state().before_log_sync = nullptr;
  hooks_->vfs = *state().original_vfs;
  hooks_->vfs.zName = "watched";
  hooks_->vfs.xOpen = open;
  sqlite3_vfs_register(&hooks_->vfs, 1);
}

WatchedFiles::~WatchedFiles() {
  sqlite3_vfs_unregister(&hooks_->vfs);
  sqlite3_vfs_register(state().original_vfs, 1);
}

int WatchedFiles::log_syncs() const {
  return hooks_->state.log_syncs;
}

int WatchedFiles::steps() const {
  return hooks_->state.steps;
}

void WatchedFiles::fill_disk(int from_step) {
  hooks_->state.full_from = hooks_->state.steps + from_step;
}

void WatchedFiles::free_disk() {
  hooks_->state.full_from = kNever;
}

void WatchedFiles::before_log_sync(std::function<void()> then) {
  hooks_->state.before_log_sync = std::move(then);
}

void WatchedFiles::kill_at(int step) {
  hooks_->state.kill_at = hooks_->state.steps + step;
}

}  // namespace restorewatch
