#pragma once

#include <cstddef>
#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace restorewatch {

/// A client that sends what it is told to, byte for byte. Waits for nothing longer than ten
/// seconds. Throws std::runtime_error where it cannot even connect.
class RawClient {
 public:
  struct Options {
    std::string from = "127.0.0.1";  // any address 127.x.y.z will do
    bool tls = false;                // whoever the server is
    int receive_buffer = 0;          // bytes; 0: as the system likes
  };
  explicit RawClient(int port) : RawClient(port, Options{}) {}
  RawClient(int port, const Options& options);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;

  /// False: it could not be sent, since the server has ended the connection.
  bool send(const std::string& text);
  /// As much of it as the system takes at once.
  void send_some(const std::string& text) const;
  void end_sending() const;

  /// The next answer: its head and as many bytes as that says. What has come, if no more comes.
  std::string answer(bool to_head = false);

  /// What comes until the server ends the connection.
  std::string rest();

  /// So many bytes are read and dropped. False: fewer came.
  bool drop(std::size_t bytes);

 private:
  bool more();  // false: nothing more comes

  int socket_ = -1;
  std::string buffer_;
  ssl_ctx_st* context_ = nullptr;
  ssl_st* ssl_ = nullptr;
};

/// "GET /x HTTP/1.1" with a Host, and these lines.
std::string get(const std::string& target, const std::string& lines = "");

}  // namespace restorewatch
