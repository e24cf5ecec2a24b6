#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "web/access.h"
#include "web/crowd.h"
#include "web/inbox.h"
#include "web/listener.h"
#include "web/readiness.h"
#include "web/server_metrics.h"
#include "web/workers.h"

namespace restorewatch {

/// The one thread that touches sockets: accepts, greets, collects requests, has them admitted,
/// hands them to the workers and sends what comes back. Nothing in it waits for a client.
class ServerLoop {
 public:
  struct Deps {  // must outlive it
    const Clock& clock;
    Telemetry& telemetry;
    WebAccess& access;
  };
  ServerLoop(Listener listener, const ServerLimits& limits, const Deps& deps);

  const std::shared_ptr<Inbox>& inbox() const { return inbox_; }
  int port() const { return port_; }

  /// Until stop(), and then as long as it takes to send what was asked for before, within limits.
  /// False: it cannot serve any more.
  bool run(Workers& workers);

  void stop();  // thread-safe, at any time

 private:
  bool wait();
  void read_inbox();
  void receive(Message& message);
  void begin_to_stop();

  void accept_some();
  void pause_accepting();
  void greet(int socket, const std::string& address);
  void turn_away(int socket, const std::string& address);
  bool make_room_for(const std::string& address);

  void drive(ConnectionId id, bool is_gone);
  bool begin(ConnectionId id, Connection& connection);
  void admit(ConnectionId id, Connection& connection, Admission admission);
  void refuse(Connection& connection, int status, Turned reason);
  void expire();
  void limit_memory();
  void give_up_on(ConnectionId id, Connection& connection);
  void watch(ConnectionId id, Connection& connection);
  void remove(ConnectionId id);

  const ServerLimits limits_;
  Deps deps_;
  ServerMetrics metrics_;
  Readiness readiness_;
  Listener listener_;
  const int port_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  Crowd crowd_{limits_};
  Workers* workers_ = nullptr;

  SteadyTime now_{};  // of this turn
  std::vector<Readiness::Event> ready_;
  std::optional<SteadyTime> accept_again_;  // while there is no descriptor to be had
  std::atomic<bool> stop_wanted_ = false;
  std::optional<SteadyTime> ends_;  // set once it is stopping
};

}  // namespace restorewatch
