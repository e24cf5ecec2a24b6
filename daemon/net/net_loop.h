#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/loop.h"
#include "base/result.h"

namespace restorewatch {

struct NetOptions {
  std::size_t max_connections = 32;  // open at once, idle ones included
  std::string ca_file;               // PEM, trusted in addition to the system's; empty: none
  std::string proxy_url;             // empty: none; the environment's proxies are never used
  std::string user_agent;            // empty: "restorewatch/<version>"
  /// Timers are waited for in pieces of at most this length, so that a clock that is not real time
  /// is looked at again.
  std::chrono::milliseconds longest_wait{1000};
};

/// A loop that also carries HTTP: timers, posted work and all connections on the one thread that
/// calls run(). HTTP/1.1 over TLS 1.2 or later with verified peers; plain http to loopback
/// addresses only. An exception from a callback ends run() with an error.
class NetLoop final : public Loop, public HttpTransport {
 public:
  /// BadConfig for a ca_file or proxy_url that cannot be used. `clock` must outlive the loop.
  static Result<std::unique_ptr<NetLoop>> create(const NetOptions& options, const Clock& clock);
  ~NetLoop() override;

  /// Works until `stop` is requested, then ends transfers under way and waiting with Unreachable
  /// "stopped" (each `done` is called), drops timers and posted work, and returns. An error means
  /// that the loop cannot go on. To be called once.
  Status run(const std::stop_token& stop);

  void post(std::function<void()> work) override;
  void at(SteadyTime when, std::function<void()> work) override;

  /// In place of NetOptions::max_connections. Requests under way go on. On the loop's thread only.
  void set_max_connections(std::size_t connections);

  /// See HttpTransport. The deadline begins when the request gets its turn among max_connections.
  /// A refusal of the request itself (URL, headers) comes by `done` too.
  void start(HttpRequest request, Done done) override;

 private:
  struct Parts;
  explicit NetLoop(std::unique_ptr<Parts> parts);

  void run_ready();
  std::chrono::milliseconds until_next_timer() const;

  std::unique_ptr<Parts> parts_;
};

}  // namespace restorewatch
