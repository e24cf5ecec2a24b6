#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/page_format.h"
#include "base/result.h"
#include "base/shared_text.h"
#include "http/site.h"

namespace restorewatch {

struct HttpServerOptions {
  std::string host = "127.0.0.1";
  int port = 9942;  // 0: any free one
  std::size_t threads = 8;
};

/// A page as it is sent.
struct ReadyPage {
  std::optional<SharedText> bytes;  // none: not ready yet
  bool is_gzip = false;
};

/// What the server shows. Each is called on the server's threads, several at once.
struct HttpContent {
  /// The page in the format that is asked for. Whether gzip would be liked better; plain will do.
  std::function<ReadyPage(PageFormat format, bool likes_gzip)> metrics;
  std::function<std::vector<std::string>()> not_ready_because;  // empty: ready
  SiteSource site;                                              // of the status page and the API
  /// Reloads the configuration, and says what was wrong; empty: it is in force. Absent: nobody may
  /// ask for that here. May be empty, as never allowed.
  std::function<std::optional<std::vector<std::string>>()> reload{};
};

/// Serves /, /api/v1/, /metrics, /-/healthy and /-/ready by GET and HEAD, and /-/reload by POST
/// without a body. Of what a client sends only filters are looked at; nothing is kept.
class HttpServer {
 public:
  /// Binds at once, so that a taken address is found out at start. Errors: BadConfig.
  static Result<std::unique_ptr<HttpServer>> bind(const HttpServerOptions& options,
                                                  HttpContent content);
  ~HttpServer();

  int port() const;

  /// Serves until stop(), then returns true. False: it cannot serve any more. The body of the
  /// server's thread.
  bool run();

  /// Makes run() end once the requests being served are answered. Returns at once. Thread-safe.
  void stop();

  /// Whether run() has ended, at the latest after `patience`. A client that sends or reads slowly
  /// can hold it up. Thread-safe.
  bool wait_for_the_end(std::chrono::milliseconds patience);

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace restorewatch
