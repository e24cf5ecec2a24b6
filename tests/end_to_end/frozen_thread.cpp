#include "end_to_end/frozen_thread.h"

#include <sys/ptrace.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace restorewatch {
namespace {

pid_t thread_of(pid_t process, const std::string& name) {
  const std::filesystem::path tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    std::ifstream file(task.path() / "comm");
    std::string found;
    std::getline(file, found);
    if (found == name) return std::stoi(task.path().filename());
  }
  throw std::runtime_error("there is no thread " + name);
}

}  // namespace

FrozenThread::FrozenThread(pid_t process, const std::string& name)
    : thread_(thread_of(process, name)) {
  int status = 0;
  if (ptrace(PTRACE_SEIZE, thread_, nullptr, nullptr) != 0 ||
      ptrace(PTRACE_INTERRUPT, thread_, nullptr, nullptr) != 0 ||
      waitpid(thread_, &status, __WALL) != thread_) {
    throw std::runtime_error("may not hold the thread " + name);
  }
}

FrozenThread::~FrozenThread() {
  ptrace(PTRACE_DETACH, thread_, nullptr, nullptr);
}

}  // namespace restorewatch
