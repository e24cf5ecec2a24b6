#pragma once

#include <string>

#include "base/result.h"

namespace restorewatch {

/// A socket that waits for clients. Movable, closes itself.
class Listener {
 public:
  /// `host`: a name or an address; `port` 0: any free one. Another process that serves the port is
  /// found out. Errors: BadConfig.
  static Result<Listener> open(const std::string& host, int port);

  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();

  int socket() const { return socket_; }
  int port() const { return port_; }
  bool is_loopback() const { return is_loopback_; }  // only this machine can reach it

  /// The next client's socket, which does not block, or -1 (see errno); and where it comes from, as
  /// far as clients are told apart: an IPv4 address, or the first 64 bits of an IPv6 address.
  int accept(std::string& address) const;

  void close();

 private:
  explicit Listener(int socket);

  int socket_;
  int port_ = 0;
  bool is_loopback_ = false;
};

}  // namespace restorewatch
