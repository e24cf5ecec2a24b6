#include "end_to_end/notify_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace restorewatch {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool NotifySocket::Notice::says(const std::string& beginning) const {
  return ("\n" + text).find("\n" + beginning) != std::string::npos;
}

NotifySocket::NotifySocket(const std::string& path)
    : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("too long: " + path);
  std::memcpy(address.sun_path, path.data(), path.size());
  if (bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot listen at " + path);
  }
}

NotifySocket::~NotifySocket() {
  close(fd_);
}

const std::vector<NotifySocket::Notice>& NotifySocket::told() {
  while (receive(milliseconds(0))) {
  }
  return told_;
}

bool NotifySocket::hears(const std::string& beginning, std::size_t from,
                         std::chrono::seconds patience) {
  const auto deadline = steady_clock::now() + patience;
  for (std::size_t i = from;; ++i) {
    while (i >= told_.size()) {
      const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
      if (left <= milliseconds(0)) return false;
      receive(left);
    }
    if (told_[i].says(beginning)) return true;
  }
}

void NotifySocket::listen(milliseconds time) {
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end) {
    receive(std::chrono::ceil<milliseconds>(end - steady_clock::now()));
  }
}

bool NotifySocket::receive(milliseconds patience) {
  pollfd readable{fd_, POLLIN, 0};
  const auto left = std::max(milliseconds(0), patience);
  if (poll(&readable, 1, static_cast<int>(left.count())) != 1) return false;
  std::array<char, 4096> text{};
  const ssize_t size = recv(fd_, text.data(), text.size(), 0);
  if (size < 0) return false;
  told_.push_back({steady_clock::now(), {text.data(), static_cast<std::size_t>(size)}});
  return true;
}

}  // namespace restorewatch
