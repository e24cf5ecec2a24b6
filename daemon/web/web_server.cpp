#include "web/web_server.h"

#include <utility>

#include "web/server_loop.h"

namespace restorewatch {

struct WebServer::Impl {
  WebServerOptions options;
  Deps deps;
  ServerLoop loop;

  Impl(WebServerOptions with, Deps given, Listener listener)
      : options(std::move(with)),
        deps(std::move(given)),
        loop(std::move(listener), options.limits, {deps.clock, deps.telemetry, *deps.access}) {}
};

WebServer::WebServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WebServer::~WebServer() = default;

Result<std::unique_ptr<WebServer>> WebServer::bind(const WebServerOptions& options, Deps deps) {
  auto listener = Listener::open(options.host, options.port);
  if (!listener) return listener.error();
  auto impl = std::make_unique<Impl>(options, std::move(deps), *std::move(listener));
  return std::unique_ptr<WebServer>(new WebServer(std::move(impl)));
}

int WebServer::port() const {
  return impl_->loop.port();
}

bool WebServer::run() {
  const ServerLimits& limits = impl_->options.limits;
  Workers workers({.threads = impl_->options.threads,
                   .queue = limits.queued_requests,
                   .urgent = impl_->options.urgent,
                   .promise = {std::chrono::floor<std::chrono::seconds>(limits.idle),
                               limits.requests_per_connection}},
                  impl_->deps.handler, impl_->loop.inbox());
  return impl_->loop.run(workers);
}

void WebServer::stop() {
  impl_->loop.stop();
}

}  // namespace restorewatch
