#include "web/answer_maker.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

// The installed library was built with TLS; without the same macro its classes have another
// layout and the first request ends in a crash.
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#error "cpp-httplib's flags must come from pkg-config"
#endif

namespace restorewatch {
namespace {

/// A server that never listens: it answers one request that stands in a stream.
class AnsweringServer final : public httplib::Server {
 public:
  // A content provider sends nothing while the server's socket is none. This one is never used.
  AnsweringServer() { svr_sock_ = 0; }

  bool answer(httplib::Stream& stream, bool is_last) { return process(*this, stream, is_last); }

 private:
  /// What differs between Debian 12's cpp-httplib (0.11) and Debian 13's (0.18); compiled with both
  /// by scripts/check-next-httplib. A template, since only there a call that is none may be tried.
  template <typename Self>
  static bool process(Self& self, httplib::Stream& stream, bool is_last) {
    bool closed = false;
    const std::function<void(httplib::Request&)> no_setup;
    if constexpr (requires { self.process_request(stream, is_last, closed, no_setup); }) {
      return self.process_request(stream, is_last, closed, no_setup);
    } else {
      return self.process_request(stream, std::string(), 0, std::string(), 0, is_last, closed,
                                  no_setup);
    }
  }
};

/// A request that is read from memory, and an answer that is written there. A part that was
/// announced is kept as it is, and not copied.
class MemoryStream final : public httplib::Stream {
 public:
  explicit MemoryStream(std::string request) : request_(std::move(request)) {}

  void announce(SharedText::Part part) { announced_ = std::move(part); }

  SharedText take() {
    answer_.add(std::exchange(text_, {}));
    return std::move(answer_);
  }

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, size_t size) override {
    const std::size_t taken = request_.copy(to, size, read_);
    read_ += taken;
    return static_cast<ssize_t>(taken);
  }
  ssize_t write(const char* from, size_t size) override {
    if (announced_ && from == announced_->data() && size == announced_->size()) {
      answer_.add(std::exchange(text_, {}));
      answer_.add(std::exchange(announced_, nullptr));
    } else {
      text_.append(from, size);
    }
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  std::string request_;
  std::size_t read_ = 0;
  SharedText answer_;
  std::string text_;  // behind it
  SharedText::Part announced_;
};

/// What the library would act upon by itself. Ranges are good for nothing here but for making a
/// small request cost a large answer; its brotli costs a second for a large page.
bool is_kept_from_the_library(const std::string& name) {
  constexpr std::array<std::string_view, 6> kNames{
      "accept-encoding", "connection", "content-length", "expect", "if-range", "range"};
  return std::ranges::find(kNames, name) != kNames.end();
}

std::string head_for_the_library(const WebRequest& request) {
  std::string head = request.method + " " + request.path;
  if (!request.query.empty()) head += "?" + request.query;
  head += " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) {
    if (is_kept_from_the_library(name)) continue;
    head.append(name).append(": ").append(value).append("\r\n");
  }
  return head + "\r\n";
}

/// In place of what may be there already.
void set(httplib::Response& response, const std::string& name, const std::string& value) {
  response.headers.erase(name);
  response.set_header(name, value);
}

}  // namespace

struct AnswerMaker::Impl {
  AnsweringServer server;
  WebHandler handler;

  // Of the request that is being answered.
  const WebRequest* request = nullptr;
  const WebHeaders* added = nullptr;
  MemoryStream* stream = nullptr;
  int status = 0;

  void respond(httplib::Request& to, httplib::Response& response);
  void set_body(const WebAnswer& answer, httplib::Request& to, httplib::Response& response);
};

void AnswerMaker::Impl::respond(httplib::Request& to, httplib::Response& response) {
  const WebAnswer answer = handler(*request);
  response.status = answer.status;
  set(response, "X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : answer.headers) set(response, name, value);
  set_body(answer, to, response);
}

void AnswerMaker::Impl::set_body(const WebAnswer& answer, httplib::Request& to,
                                 httplib::Response& response) {
  if (answer.compress) to.set_header("Accept-Encoding", "gzip");
  if (answer.compress || answer.body.size() == 0) {  // the library compresses what is in one piece
    return response.set_content(answer.body.whole(), answer.type);
  }
  response.set_content_provider(
      answer.body.size(), answer.type,
      [this, body = answer.body](size_t /*offset*/, size_t /*length*/, httplib::DataSink& sink) {
        return std::ranges::all_of(body.parts(), [&](const SharedText::Part& part) {
          stream->announce(part);
          return sink.write(part->data(), part->size());
        });
      });
}

AnswerMaker::AnswerMaker(WebHandler handler, const Promise& promise)
    : impl_(std::make_unique<Impl>()) {
  impl_->handler = std::move(handler);
  impl_->server.set_keep_alive_timeout(promise.idle.count());
  impl_->server.set_keep_alive_max_count(promise.requests);
  impl_->server.set_pre_routing_handler([this](const auto& request, auto& response) {
    // The library's own object, which it looks at again when this has returned.
    impl_->respond(const_cast<httplib::Request&>(request), response);
    return httplib::Server::HandlerResponse::Handled;
  });
  // By default the library sends the text of an exception to the client.
  impl_->server.set_exception_handler(
      [](const auto&, auto& response, const std::exception_ptr& /*thrown*/) {
        response = httplib::Response();
        response.version = "HTTP/1.1";
        response.status = 500;
      });
  impl_->server.set_post_routing_handler([this](const auto& /*request*/, auto& response) {
    for (const auto& [name, value] : *impl_->added) set(response, name, value);
    impl_->status = response.status;
  });
}

AnswerMaker::~AnswerMaker() = default;

MadeAnswer AnswerMaker::make(const WebRequest& request, const WebHeaders& added, bool stays) {
  MemoryStream stream(head_for_the_library(request));
  impl_->request = &request;
  impl_->added = &added;
  impl_->stream = &stream;
  impl_->status = 0;
  const bool is_last = !stays || request.has_body;  // nobody reads a body
  const bool is_made = impl_->server.answer(stream, is_last);
  impl_->request = nullptr;
  impl_->added = nullptr;
  impl_->stream = nullptr;
  if (!is_made) return {};
  return {stream.take(), impl_->status, !is_last};
}

}  // namespace restorewatch
