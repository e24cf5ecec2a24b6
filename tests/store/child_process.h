#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace restorewatch {

/// A forked copy of the test that runs one function, says something through a pipe, and ends. No
/// other thread may run when it is made. Killed and waited for in the end.
class ChildProcess {
 public:
  using Say = std::function<void(std::string_view)>;

  explicit ChildProcess(const std::function<void(const Say&)>& work);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  int pid() const { return pid_; }

  /// The next piece of what it said; empty when it has ended, or nothing comes for long.
  std::string hear();
  /// All that it said until it ended.
  std::string hear_all();

  void kill() const;
  /// Its exit code; absent when a signal ended it. Waits for the end.
  std::optional<int> exit_code();

 private:
  int pid_ = -1;
  int pipe_ = -1;
  bool waited_ = false;
  int status_ = 0;
};

/// Blocks for good, until the process is killed.
[[noreturn]] void wait_to_be_killed();

}  // namespace restorewatch
