#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/http_transport.h"
#include "fakes/fake_loop.h"

namespace restorewatch {

/// Answers requests by a function and remembers them. Answers come through the loop, as real ones
/// do; while held, they wait until release().
class FakeTransport final : public HttpTransport {
 public:
  using Script = std::function<Result<HttpResponse>(const HttpRequest&)>;

  FakeTransport(FakeLoop& loop, Script script) : loop_(loop), script_(std::move(script)) {}

  void start(HttpRequest request, Done done) override {
    requests_.push_back(request);
    auto answer = [this, request = std::move(request), done = std::move(done)] {
      done(script_(request));
    };
    if (held_) {
      waiting_.emplace_back(std::move(answer));
    } else {
      loop_.post(std::move(answer));
    }
  }

  void hold() { held_ = true; }
  void release() {
    held_ = false;
    for (auto& answer : std::exchange(waiting_, {})) loop_.post(std::move(answer));
  }

  void set_script(Script script) { script_ = std::move(script); }

  /// In the order they were started.
  const std::vector<HttpRequest>& requests() const { return requests_; }

 private:
  FakeLoop& loop_;
  Script script_;
  std::vector<HttpRequest> requests_;
  bool held_ = false;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace restorewatch
