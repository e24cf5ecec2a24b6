#include "end_to_end/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace restorewatch {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> with_ours(const Environment& more) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!more.contains(text.substr(0, text.find('=')))) all.push_back(text);
  }
  for (const auto& [name, value] : more) all.emplace_back(name).append("=").append(value);
  return all;
}

}  // namespace

Child::Child(std::vector<std::string> arguments, const std::string& log_prefix,
             const Environment& environment, const std::string& input)
    : log_prefix_(log_prefix) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  const int flags = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, (log_prefix + ".out").c_str(), flags,
                                   0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, (log_prefix + ".err").c_str(), flags,
                                   0600);
  auto variables = with_ours(environment);
  const int failed = posix_spawn(&pid_, arguments.front().c_str(), &files, nullptr,
                                 pointers(arguments).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("cannot start " + arguments.front());
  pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
}

Child::~Child() {
  if (running()) {
    signal(SIGKILL);
    reap(0);
  }
  close(pidfd_);
}

void Child::signal(int number) const {
  kill(pid_, number);
}

std::optional<int> Child::wait(std::chrono::seconds patience) {
  pollfd ended{pidfd_, POLLIN, 0};
  poll(&ended, 1, static_cast<int>(std::chrono::milliseconds(patience).count()));
  if (running()) {
    signal(SIGKILL);
    reap(0);
    return std::nullopt;
  }
  if (!WIFEXITED(*status_)) return std::nullopt;
  return WEXITSTATUS(*status_);
}

bool Child::running() {
  return !status_ && !reap(WNOHANG);
}

std::optional<int> Child::ended_by() const {
  if (!status_ || !WIFSIGNALED(*status_)) return std::nullopt;
  return WTERMSIG(*status_);
}

bool Child::reap(int flags) {
  int status = 0;
  if (waitpid(pid_, &status, flags) != pid_) return false;
  status_ = status;
  return true;
}

std::string Child::out() const {
  return read_file(log_prefix_ + ".out");
}
std::string Child::err() const {
  return read_file(log_prefix_ + ".err");
}

void pause_between_questions(std::chrono::milliseconds pause) {
  poll(nullptr, 0, static_cast<int>(pause.count()));
}

}  // namespace restorewatch
