#include "net/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace restorewatch {
namespace {

/// Which of the two is readable: 1 the first, 2 the second (it wins), 0 neither in time.
int wait_readable(int fd, int stop_fd, int timeout_ms) {
  std::array<pollfd, 2> fds{{{fd, POLLIN, 0}, {stop_fd, POLLIN, 0}}};
  if (poll(fds.data(), fds.size(), timeout_ms) <= 0) return 0;
  return fds[1].revents != 0 ? 2 : 1;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

ReceivedRequest parse_head(std::string_view head) {
  ReceivedRequest request;
  const auto line_end = head.find("\r\n");
  const std::string_view line = head.substr(0, line_end);
  const auto first = line.find(' ');
  const auto second = line.find(' ', first + 1);
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, second - first - 1);
  head.remove_prefix(line_end + 2);
  while (!head.empty()) {
    const auto end = std::min(head.find("\r\n"), head.size());
    const std::string_view header = head.substr(0, end);
    if (const auto colon = header.find(": "); colon != std::string_view::npos) {
      request.headers[lower(std::string(header.substr(0, colon)))] = header.substr(colon + 2);
    }
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  return request;
}

}  // namespace

ServerSocket::~ServerSocket() {
  ::close(fd_);
}

bool ServerSocket::send(std::string_view bytes) {
  while (open_ && !bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) open_ = false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return open_;
}

bool ServerSocket::gone_within(std::chrono::milliseconds time) const {
  const int ready = wait_readable(fd_, stop_fd_, static_cast<int>(time.count()));
  if (ready == 2) return true;
  char byte = 0;
  return ready == 1 && recv(fd_, &byte, 1, MSG_PEEK) <= 0;
}

bool ServerSocket::read_more() {
  if (wait_readable(fd_, stop_fd_, -1) != 1) return false;
  std::array<char, 4096> bytes{};
  const ssize_t count = recv(fd_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::optional<ReceivedRequest> ServerSocket::receive() {
  std::size_t head_end = 0;
  while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more()) return std::nullopt;
  }
  ReceivedRequest request = parse_head(std::string_view(buffer_).substr(0, head_end + 2));
  buffer_.erase(0, head_end + 4);
  const auto length = request.headers.find("content-length");
  const std::size_t body = length == request.headers.end() ? 0 : std::stoul(length->second);
  while (buffer_.size() < body) {
    if (!read_more()) return std::nullopt;
  }
  request.body = buffer_.substr(0, body);
  buffer_.erase(0, body);
  return request;
}

RawServer::RawServer(Handler handler) : handler_(std::move(handler)) {
  listen_fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  stop_fd_ = eventfd(0, EFD_CLOEXEC);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  if (bind(listen_fd_, raw, size) != 0 || listen(listen_fd_, 128) != 0 ||
      getsockname(listen_fd_, raw, &size) != 0) {
    throw std::runtime_error("no loopback port to listen on");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::jthread([this] { accept_all(); });
}

RawServer::~RawServer() {
  const std::uint64_t one = 1;
  if (write(stop_fd_, &one, sizeof one) != sizeof one) std::abort();
  acceptor_.join();
  workers_.clear();
  ::close(listen_fd_);
  ::close(stop_fd_);
}

std::string RawServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<ReceivedRequest> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void RawServer::wait_for_requests(std::size_t count) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return requests_.size() >= count; });
}

void RawServer::accept_all() {
  while (wait_readable(listen_fd_, stop_fd_, -1) == 1) {
    const int fd = accept4(listen_fd_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::size_t number = connections_++;
    workers_.emplace_back([this, fd, number] { serve(fd, number); });
  }
}

void RawServer::serve(int fd, std::size_t connection) {
  ServerSocket connected(fd, stop_fd_);
  while (connected.is_open()) {
    auto request = connected.receive();
    if (!request) return;
    request->connection = connection;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(*request);
    }
    arrived_.notify_all();
    handler_(*request, connected);
  }
}

std::string http_answer(int status, std::string_view body, std::string_view more_headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Any\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(more_headers) + "\r\n" + std::string(body);
}

}  // namespace restorewatch
