#include "web/raw_client.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace restorewatch {
namespace {

constexpr timeval kPatience{10, 0};

sockaddr_in address_of(const std::string& host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  return address;
}

int connected_socket(int port, const RawClient::Options& options) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  if (options.receive_buffer > 0) {
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer, sizeof options.receive_buffer);
  }
  const sockaddr_in from = address_of(options.from, 0);
  const sockaddr_in to = address_of("127.0.0.1", port);
  if (bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
      connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    close(fd);
    throw std::runtime_error("cannot connect");
  }
  return fd;
}

}  // namespace

RawClient::RawClient(int port, const Options& options) : socket_(connected_socket(port, options)) {
  if (!options.tls) return;
  context_ = SSL_CTX_new(TLS_client_method());
  ssl_ = SSL_new(context_);
  SSL_set_fd(ssl_, socket_);
  if (SSL_connect(ssl_) != 1) throw std::runtime_error("no TLS");
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      buffer_(std::move(other.buffer_)),
      context_(std::exchange(other.context_, nullptr)),
      ssl_(std::exchange(other.ssl_, nullptr)) {}

RawClient::~RawClient() {
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  if (socket_ >= 0) close(socket_);
}

bool RawClient::send(const std::string& text) {
  if (ssl_ != nullptr) return SSL_write(ssl_, text.data(), static_cast<int>(text.size())) > 0;
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t size = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (size <= 0) return false;
    sent += static_cast<std::size_t>(size);
  }
  return true;
}

void RawClient::send_some(const std::string& text) const {
  ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void RawClient::end_sending() const {
  shutdown(socket_, SHUT_WR);
}

bool RawClient::more() {
  std::array<char, 65536> room;
  const ssize_t size = ssl_ != nullptr ? SSL_read(ssl_, room.data(), static_cast<int>(room.size()))
                                       : recv(socket_, room.data(), room.size(), 0);
  if (size <= 0) return false;
  buffer_.append(room.data(), static_cast<std::size_t>(size));
  return true;
}

std::string RawClient::answer(bool to_head) {
  const std::string length_line = "Content-Length: ";
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return std::exchange(buffer_, {});
  }
  const std::size_t at = buffer_.find(length_line);
  std::size_t size = end + 4;
  if (!to_head && at < end) size += std::stoul(buffer_.substr(at + length_line.size()));
  while (buffer_.size() < size) {
    if (!more()) return std::exchange(buffer_, {});
  }
  std::string whole = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return whole;
}

std::string RawClient::rest() {
  while (more()) {
  }
  return std::exchange(buffer_, {});
}

bool RawClient::drop(std::size_t bytes) {
  while (buffer_.size() < bytes) {
    bytes -= buffer_.size();
    buffer_.clear();
    if (!more()) return false;
  }
  buffer_.erase(0, bytes);
  return true;
}

std::string get(const std::string& target, const std::string& lines) {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
}

}  // namespace restorewatch
