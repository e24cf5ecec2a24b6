#include "http/http_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "http/accept.h"
#include "http/accept_encoding.h"

// The installed library was built with TLS; without the same macro its classes have another
// layout and the first request ends in a crash.
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#error "cpp-httplib's flags must come from pkg-config"
#endif

namespace restorewatch {
namespace {

constexpr const char* kPlainText = "text/plain; charset=utf-8";
constexpr std::size_t kMaxKeptAliveRequests = 1000;  // the default of 5 makes a scraper reconnect
constexpr time_t kIdleSeconds = 5;                   // for the rest of a request, or of an answer
constexpr time_t kKeepAliveSeconds = 1;  // an idle connection holds a thread, also when stopping

/// cpp-httplib sets SO_REUSEPORT by default, with which a second daemon would share the port in
/// silence.
void reuse_address_only(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

constexpr const char* kReloadPath = "/-/reload";

std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + "\n";
  return all;
}

bool has_body(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") &&
          request.get_header_value("Content-Length") != "0");
}

/// As Prometheus answers.
void answer_reload(const HttpContent& content, httplib::Response& response) {
  const auto problems = content.reload ? content.reload() : std::nullopt;
  if (!problems) {
    response.status = 403;
    response.set_content("Lifecycle API is not enabled: see web.enable_lifecycle.\n", kPlainText);
  } else if (problems->empty()) {
    response.set_content("The configuration is in force.\n", kPlainText);
    response.status = 200;
  } else {
    response.status = 500;
    response.set_content(
        "The configuration is refused, the one before goes on:\n" + lines(*problems), kPlainText);
  }
}

/// Runs before a body is read; no request here has one. Ranges of /metrics are only good for making
/// a small request cost a large answer. A reload is answered here: for a POST whose client names no
/// length the library would wait for a body until the connection ends.
httplib::Server::HandlerResponse screen(const HttpContent& content, const httplib::Request& request,
                                        httplib::Response& response) {
  const_cast<httplib::Request&>(request).ranges.clear();  // the library offers no other way
  const bool is_reload = request.path == kReloadPath;
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (is_reload ? request.method != "POST" : !reads) {
    response.status = 405;
    response.set_header("Allow", is_reload ? "POST" : "GET, HEAD");
  } else if (is_reload ? has_body(request) : request.has_header("Transfer-Encoding")) {
    response.status = 400;
  } else if (is_reload && request.has_header("Origin")) {
    response.status = 403;  // a page in somebody's browser, which has no business here
  } else if (is_reload) {
    answer_reload(content, response);
  } else {
    return httplib::Server::HandlerResponse::Unhandled;
  }
  response.set_header("Connection", "close");  // a body may follow that nobody will read
  return httplib::Server::HandlerResponse::Handled;
}

/// Of several lines with the same name, one list: RFC 9110, 5.3.
std::string list_of(const httplib::Request& request, const char* header) {
  std::string all;
  const auto [begin, end] = request.headers.equal_range(header);
  for (auto line = begin; line != end; ++line) all += line->second + ",";
  return all;
}

/// As it was sent: the library decodes leniently, and we do not.
std::string query_of(const httplib::Request& request) {
  const std::size_t sign = request.target.find('?');
  return sign == std::string::npos ? "" : request.target.substr(sign + 1);
}

void send_reply(const Reply& reply, httplib::Response& response) {
  response.status = reply.status;
  response.set_header("Cache-Control", "no-store");
  if (!reply.security_policy.empty()) {
    response.set_header("Content-Security-Policy", reply.security_policy);
  }
  response.set_content(reply.body, reply.type);
}

/// Sends ready bytes, all that the library asks for at once. As content with a provider it neither
/// copies them nor compresses them anew at every scrape.
void send_page(ReadyPage page, const char* content_type, httplib::Response& response) {
  response.set_header("Vary", "Accept, Accept-Encoding");
  if (page.is_gzip) response.set_header("Content-Encoding", "gzip");
  const std::size_t size = page.bytes->size();
  response.set_content_provider(
      size, content_type,
      [bytes = *std::move(page.bytes)](std::size_t /*offset*/, std::size_t /*length*/,
                                       httplib::DataSink& sink) {
        return std::ranges::all_of(bytes.parts(), [&](const SharedText::Part& part) {
          return sink.write(part->data(), part->size());
        });
      });
}

}  // namespace

struct HttpServer::Impl {
  httplib::Server server;
  HttpContent content;
  int port = 0;

  std::mutex mutex;  // guards the three below
  bool running = false;
  bool stopped = false;
  bool ended = false;
  std::condition_variable changed;

  void add_routes() {
    for (const char* const path : kSitePaths) {
      server.Get(path, [this, path](const auto& request, auto& response) {
        send_reply(answer(content.site, path, query_of(request)), response);
      });
    }
    server.Get("/metrics", [this](const auto& request, auto& response) {
      const PageType type = page_type_for(list_of(request, "Accept"));
      const bool likes_gzip = prefers_gzip(list_of(request, "Accept-Encoding"));
      ReadyPage page = content.metrics(type.format, likes_gzip);
      if (page.bytes) return send_page(std::move(page), type.content_type, response);
      response.status = 503;
      response.set_content("no page has been made yet\n", kPlainText);
    });
    server.Get("/-/healthy", [](const auto&, auto& response) {
      response.set_content("restorewatch is healthy.\n", kPlainText);
    });
    server.Get("/-/ready", [this](const auto&, auto& response) {
      const auto reasons = content.not_ready_because();
      if (reasons.empty()) return response.set_content("restorewatch is ready.\n", kPlainText);
      response.status = 503;
      response.set_content("restorewatch is not ready:\n" + lines(reasons), kPlainText);
    });
  }

  void harden(std::size_t threads) {
    server.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
    server.set_socket_options(reuse_address_only);
    // Head and body are sent one after the other. A body of less than a packet, 64 KiB on loopback,
    // would wait for the client's acknowledgement of the head, which takes its time: 40 ms.
    server.set_tcp_nodelay(true);
    server.set_pre_routing_handler(
        [this](const auto& request, auto& response) { return screen(content, request, response); });
    server.set_default_headers({{"X-Content-Type-Options", "nosniff"}});
    server.set_payload_max_length(0);
    server.set_keep_alive_max_count(kMaxKeptAliveRequests);
    server.set_keep_alive_timeout(kKeepAliveSeconds);
    server.set_read_timeout(kIdleSeconds);
    server.set_write_timeout(kIdleSeconds);
    // By default the library sends the text of an exception to the client.
    server.set_exception_handler(
        [](const auto&, auto& response, const std::exception_ptr& /*thrown*/) {
          response.status = 500;
        });
  }
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::bind(const HttpServerOptions& options,
                                                     HttpContent content) {
  auto impl = std::make_unique<Impl>();
  impl->content = std::move(content);
  impl->harden(options.threads);
  impl->add_routes();
  const char* host = options.host.c_str();
  if (options.port == 0) {
    impl->port = impl->server.bind_to_any_port(host);
  } else if (impl->server.bind_to_port(host, options.port)) {
    impl->port = options.port;
  }
  if (impl->port <= 0) {
    return Error{ErrorKind::BadConfig,
                 "web.listen_address: cannot listen on " + options.host + ":" +
                     std::to_string(options.port) +
                     "; is another process using the port, or the address not of this machine?"};
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

int HttpServer::port() const {
  return impl_->port;
}

bool HttpServer::run() {
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopped) return true;
    impl_->running = true;
  }
  impl_->server.listen_after_bind();
  const std::lock_guard lock(impl_->mutex);
  impl_->ended = true;
  impl_->changed.notify_all();
  return impl_->stopped;
}

void HttpServer::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopped = true;
    if (!impl_->running) return;
  }
  // cpp-httplib 0.11 forgets a stop() that comes between run() and the moment it listens.
  while (!wait_for_the_end(std::chrono::milliseconds(0)) && !impl_->server.is_running()) {
    std::this_thread::yield();
  }
  impl_->server.stop();
}

bool HttpServer::wait_for_the_end(std::chrono::milliseconds patience) {
  std::unique_lock lock(impl_->mutex);
  return impl_->changed.wait_for(lock, patience, [this] { return impl_->ended; });
}

}  // namespace restorewatch
