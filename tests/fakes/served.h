#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "web/open_access.h"
#include "web/web_server.h"

namespace restorewatch {

/// A handler that is served on a free port of this machine, for as long as this lives.
class Served {
 public:
  explicit Served(WebHandler handler, WebServerOptions options = {},
                  std::shared_ptr<WebAccess> access = std::make_shared<OpenAccess>()) {
    options.port = 0;
    auto server =
        WebServer::bind(options, {clock_, telemetry_, std::move(handler), std::move(access)});
    if (!server) throw std::runtime_error(server.error().detail);
    server_ = *std::move(server);
    thread_ = std::jthread([this] { server_->run(); });
  }
  ~Served() { server_->stop(); }

  int port() const { return server_->port(); }
  WebServer& server() { return *server_; }
  const Telemetry& telemetry() const { return telemetry_; }

 private:
  SystemClock clock_;
  Telemetry telemetry_;
  std::unique_ptr<WebServer> server_;
  std::jthread thread_;
};

}  // namespace restorewatch
