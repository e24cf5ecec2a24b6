#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/telemetry.h"
#include "base/web_exchange.h"
#include "web/access.h"
#include "web/server_limits.h"

namespace restorewatch {

struct WebServerOptions {
  std::string host = "127.0.0.1";
  int port = 9942;                    // 0: any free one
  std::size_t threads = 4;            // that make answers; two at least
  std::vector<std::string> urgent{};  // paths that are answered before others
  ServerLimits limits{};
};

/// Serves HTTP, or HTTPS, to whoever comes, whatever they send and however slowly they read: what
/// they may cost is limited, and nothing waits for them.
class WebServer {
 public:
  struct Deps {
    const Clock& clock;    // must outlive it
    Telemetry& telemetry;  // likewise
    WebHandler handler;    // called on several threads at once
    std::shared_ptr<WebAccess> access;
  };

  /// Binds at once, so that a taken address is found out at start. Errors: BadConfig.
  static Result<std::unique_ptr<WebServer>> bind(const WebServerOptions& options, Deps deps);
  ~WebServer();

  int port() const;

  /// Serves until stop(), then returns true: within ServerLimits::stop of it, and what the handler
  /// takes at the moment. False: it cannot serve any more. The body of the server's thread.
  bool run();

  /// Makes run() end once the requests that have come are answered. Returns at once. Thread-safe,
  /// also before run().
  void stop();

 private:
  struct Impl;
  explicit WebServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace restorewatch
