#pragma once

#include "simulator/virtual_clock.h"

namespace atlas_simulator {

/// Reaches the sockets behind a server's requests, which cpp-httplib keeps to itself: they are
/// found among this process's descriptors by their port numbers. Thread-safe.
class Connections {
 public:
  Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;
  ~Connections();

  /// The server's own port; to be set before any request.
  void set_port(int port) { port_ = port; }

  /// Waits for `length` of real time; false as soon as the client at `client_port` leaves or stop()
  /// is called.
  bool hold(int client_port, Millis length) const;

  /// Ends the connection with a reset: the client gets no answer.
  void reset(int client_port) const;

  /// Ends every wait and every connection, so that idle ones do not delay the server's end.
  void stop() const;

 private:
  int find(int client_port) const;

  int port_ = 0;
  int stopped_;  // an eventfd, readable from stop() on
};

}  // namespace atlas_simulator
