#include "store/child_process.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace restorewatch {
namespace {

constexpr unsigned kLifetimeSeconds = 60;  // of a child whose parent has died
constexpr int kSilenceMs = 30'000;

}  // namespace

ChildProcess::ChildProcess(const std::function<void(const Say&)>& work) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no child process");
  pipe_ = ends[0];
  if (pid_ > 0) {
    ::close(ends[1]);
    return;
  }
  ::alarm(kLifetimeSeconds);
  try {
    work([&ends](std::string_view text) {
      if (::write(ends[1], text.data(), text.size()) < 0) ::_exit(3);
    });
  } catch (const std::exception&) {
    ::_exit(2);
  }
  ::_exit(0);  // nothing of the test program's own ending
}

ChildProcess::~ChildProcess() {
  kill();
  exit_code();
  ::close(pipe_);
}

std::string ChildProcess::hear() {
  pollfd waiting{pipe_, POLLIN, 0};
  if (::poll(&waiting, 1, kSilenceMs) <= 0) return "";
  std::array<char, 4096> text{};
  const ssize_t size = ::read(pipe_, text.data(), text.size());
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "";
}

std::string ChildProcess::hear_all() {
  std::string all;
  for (std::string piece = hear(); !piece.empty(); piece = hear()) all += piece;
  return all;
}

void ChildProcess::kill() const {
  if (!waited_) ::kill(pid_, SIGKILL);
}

std::optional<int> ChildProcess::exit_code() {
  if (!waited_) ::waitpid(pid_, &status_, 0);
  waited_ = true;
  if (!WIFEXITED(status_)) return std::nullopt;
  return WEXITSTATUS(status_);
}

void wait_to_be_killed() {
  while (true) ::pause();
}

}  // namespace restorewatch
