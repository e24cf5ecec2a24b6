#pragma once

#include <sys/types.h>

#include <string>

namespace restorewatch {

/// Holds one thread of another process still, as if it hung, while the process's other threads go
/// on. Lets it go in the end. For the thread that made it.
class FrozenThread {
 public:
  /// `name`: as ps shows it. Throws where there is no such thread, or where we may not.
  FrozenThread(pid_t process, const std::string& name);
  ~FrozenThread();
  FrozenThread(const FrozenThread&) = delete;
  FrozenThread& operator=(const FrozenThread&) = delete;

 private:
  pid_t thread_;
};

}  // namespace restorewatch
