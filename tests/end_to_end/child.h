#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace restorewatch {

using Environment = std::map<std::string, std::string>;

/// A program in a process of its own, its output in files. Killed and waited for in the end.
class Child {
 public:
  /// `arguments[0]` is the program. Standard output and error go to `<log_prefix>.out` and
  /// `<log_prefix>.err`, to which they are appended. `environment` is added to ours;
  /// `input` is a file that it reads.
  Child(std::vector<std::string> arguments, const std::string& log_prefix,
        const Environment& environment = {}, const std::string& input = "/dev/null");
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void signal(int number) const;
  /// Its exit code; absent if a signal ended it, or if it had to be killed after `patience`.
  std::optional<int> wait(std::chrono::seconds patience);
  bool running();
  /// The signal that ended it, once it has ended and if one did.
  std::optional<int> ended_by() const;
  pid_t pid() const { return pid_; }

  std::string out() const;  // all that it wrote so far
  std::string err() const;

 private:
  bool reap(int flags);

  std::string log_prefix_;
  pid_t pid_ = -1;
  int pidfd_ = -1;
  std::optional<int> status_;
};

/// Asks `condition` again and again until it holds; false when `patience` is over. What goes on
/// in other processes can only be asked for.
template <typename Condition>
bool eventually(const Condition& condition,
                std::chrono::seconds patience = std::chrono::seconds(30));

/// The pause between two questions of eventually(), or a shorter one.
inline constexpr std::chrono::milliseconds kPause{50};
void pause_between_questions(std::chrono::milliseconds pause = kPause);

template <typename Condition>
bool eventually(const Condition& condition, std::chrono::seconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    pause_between_questions();
  }
  return true;
}

}  // namespace restorewatch
