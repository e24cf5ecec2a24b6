#include "store/faulty_vfs.h"

#include <sqlite3.h>

namespace restorewatch {

void FaultyVfs::fail(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  random_.seed(fault.seed);
  seen_ = 0;
  struck_ = 0;
}

void FaultyVfs::heal() {
  const std::lock_guard lock(mutex_);
  fault_.acts.clear();
}

int FaultyVfs::struck() const {
  const std::lock_guard lock(mutex_);
  return struck_;
}

int FaultyVfs::before(const FileStep& step) {
  const std::lock_guard lock(mutex_);
  if (!fault_.acts.contains(step.act)) return SQLITE_OK;
  if (seen_++ < fault_.from || struck_ >= fault_.times) return SQLITE_OK;
  if (random_() % 100 >= fault_.percent) return SQLITE_OK;
  ++struck_;
  return fault_.code;
}

}  // namespace restorewatch
