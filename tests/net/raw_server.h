#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace restorewatch {

struct ReceivedRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::size_t connection = 0;  // which accept it came by, from 0
};

/// One accepted connection, blocking, until the server stops.
class ServerSocket {
 public:
  ServerSocket(int fd, int stop_fd) : fd_(fd), stop_fd_(stop_fd) {}
  ~ServerSocket();
  ServerSocket(const ServerSocket&) = delete;
  ServerSocket& operator=(const ServerSocket&) = delete;

  /// False when the peer is gone.
  bool send(std::string_view bytes);

  /// True when the peer has closed, or the server stops, within this time.
  bool gone_within(std::chrono::milliseconds time) const;

  void close() { open_ = false; }
  bool is_open() const { return open_; }

  std::optional<ReceivedRequest> receive();

 private:
  bool read_more();

  int fd_;
  int stop_fd_;
  bool open_ = true;
  std::string buffer_;
};

/// A small HTTP/1.1 server on a loopback port of the system's choice, which sends exactly the bytes
/// it is told to: right answers, wrong ones, slow ones. One thread for each connection.
class RawServer {
 public:
  using Handler = std::function<void(const ReceivedRequest&, ServerSocket&)>;

  explicit RawServer(Handler handler);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view path = "/") const;

  std::size_t connections() const { return connections_; }
  std::vector<ReceivedRequest> requests() const;

  /// Blocks until that many requests have come in.
  void wait_for_requests(std::size_t count);

 private:
  void accept_all();
  void serve(int fd, std::size_t connection);

  Handler handler_;
  int listen_fd_ = -1;
  int stop_fd_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> connections_{0};
  mutable std::mutex mutex_;  // guards requests_
  std::condition_variable arrived_;
  std::vector<ReceivedRequest> requests_;
  std::vector<std::jthread> workers_;  // touched by the acceptor, and after its end
  std::jthread acceptor_;
};

/// A whole answer with its length.
std::string http_answer(int status, std::string_view body, std::string_view more_headers = "");

}  // namespace restorewatch
