#pragma once

#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include "net/net_loop.h"

namespace restorewatch {

/// A NetLoop on a thread of its own, for as long as the object lives.
class RunningLoop {
 public:
  explicit RunningLoop(const NetOptions& options = {}) : RunningLoop(options, system_clock()) {}
  RunningLoop(const NetOptions& options, const Clock& clock) : loop_(make(options, clock)) {
    thread_ = std::jthread([this](const std::stop_token& stop) { status_ = loop_->run(stop); });
  }

  NetLoop& operator*() { return *loop_; }
  NetLoop* operator->() { return loop_.get(); }

  /// Starts a request on the loop's thread.
  std::future<Result<HttpResponse>> send(HttpRequest request) {
    auto promise = std::make_shared<std::promise<Result<HttpResponse>>>();
    auto answer = promise->get_future();
    loop_->post([this, request = std::move(request), promise]() mutable {
      loop_->start(std::move(request), [promise](Result<HttpResponse> result) {
        promise->set_value(std::move(result));
      });
    });
    return answer;
  }

  Result<HttpResponse> ask(HttpRequest request) { return send(std::move(request)).get(); }

  /// Asks the loop to end and waits for it.
  Status stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    return status_;
  }

 private:
  static const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
  }
  static std::unique_ptr<NetLoop> make(const NetOptions& options, const Clock& clock) {
    auto loop = NetLoop::create(options, clock);
    if (!loop) throw std::runtime_error(loop.error().detail);
    return std::move(*loop);
  }

  Status status_ = Success{};
  std::unique_ptr<NetLoop> loop_;
  std::jthread thread_;
};

inline HttpRequest get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  request.timeout = std::chrono::seconds(20);
  return request;
}

}  // namespace restorewatch
