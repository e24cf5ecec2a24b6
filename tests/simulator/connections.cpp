#include "simulator/connections.h"

#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <limits>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace atlas_simulator {
namespace {

using NameOf = int (*)(int, sockaddr*, socklen_t*) noexcept;

/// The port of one end of an IP socket; -1 for anything else.
int port_of(int descriptor, NameOf name_of) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);  // the way of the sockets API
  if (name_of(descriptor, generic, &length) != 0) return -1;
  if (address.ss_family == AF_INET) {
    return ntohs(reinterpret_cast<sockaddr_in*>(&address)->sin_port);
  }
  if (address.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<sockaddr_in6*>(&address)->sin6_port);
  }
  return -1;
}

std::vector<int> open_descriptors() {
  std::vector<int> descriptors;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc/self/fd"),
                                                   [](DIR* open) { return closedir(open); });
  if (!folder) return descriptors;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread has this directory stream
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    int descriptor = 0;
    const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), descriptor);
    if (error == std::errc()) descriptors.push_back(descriptor);
  }
  return descriptors;
}

/// The accepted sockets of the server at `port`, each with its client's port.
std::vector<std::pair<int, int>> accepted(int port) {
  std::vector<std::pair<int, int>> found;
  for (const int descriptor : open_descriptors()) {
    if (port_of(descriptor, getsockname) != port) continue;
    const int client_port = port_of(descriptor, getpeername);
    if (client_port >= 0) found.emplace_back(descriptor, client_port);
  }
  return found;
}

}  // namespace

Connections::Connections() : stopped_(eventfd(0, EFD_CLOEXEC)) {
  if (stopped_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Connections::~Connections() {
  close(stopped_);
}

int Connections::find(int client_port) const {
  for (const auto& [descriptor, port] : accepted(port_)) {
    if (port == client_port) return descriptor;
  }
  return -1;
}

bool Connections::hold(int client_port, Millis length) const {
  std::array<pollfd, 2> events{{
      {stopped_, POLLIN, 0},
      {find(client_port), POLLRDHUP, 0},
  }};
  const auto longest = static_cast<Millis::rep>(std::numeric_limits<int>::max());
  const int timeout = static_cast<int>(std::min(length.count(), longest));
  return poll(events.data(), events.size(), timeout) == 0;
}

void Connections::reset(int client_port) const {
  const int descriptor = find(client_port);
  if (descriptor < 0) return;
  // Without lingering, the server's own close() sends a reset; until then nothing gets out.
  const linger none{1, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  sockaddr nobody{};
  nobody.sa_family = AF_UNSPEC;  // on a connected socket of Linux: disconnect, by a reset
  if (connect(descriptor, &nobody, sizeof nobody) != 0) shutdown(descriptor, SHUT_RDWR);
}

void Connections::stop() const {
  eventfd_write(stopped_, 1);
  for (const auto& [descriptor, port] : accepted(port_)) shutdown(descriptor, SHUT_RDWR);
}

}  // namespace atlas_simulator
