#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/http_transport.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_loop.h"
#include "simulator/atlas.h"

namespace restorewatch {

/// Hands requests to the fake Atlas without a network. Answers come through the loop, as real ones
/// do. Digest logins are not worked out: a scenario without credentials lets them in.
class SimulatedAtlas final : public HttpTransport {
 public:
  /// `scenario` is without `start` and `time_factor`; its world lives by `clock`.
  SimulatedAtlas(const std::string& scenario, const ManualClock& clock, FakeLoop& loop);

  void start(HttpRequest request, Done done) override;

  atlas_simulator::Atlas& atlas() { return atlas_; }

  /// In the order they were started.
  const std::vector<HttpRequest>& requests() const { return requests_; }

  /// All bodies that were sent, one after the other.
  const std::string& sent() const { return sent_; }

  /// Is called before each request is answered: what happens in Atlas meanwhile.
  void before_each(std::function<void(const HttpRequest&)> happening) {
    happening_ = std::move(happening);
  }

  /// Every occurrence of a text in later bodies is replaced, to say what a newer Atlas might.
  void rewrite(std::string text, std::string by) {
    text_ = std::move(text);
    by_ = std::move(by);
  }

 private:
  HttpResponse answer(const HttpRequest& request);

  FakeLoop& loop_;
  atlas_simulator::Atlas atlas_;
  std::vector<HttpRequest> requests_;
  std::string sent_;
  std::function<void(const HttpRequest&)> happening_;
  std::string text_, by_;
};

/// The scenario with the start and the stillness that SimulatedAtlas gives it.
atlas_simulator::Scenario still_scenario(const std::string& scenario);

}  // namespace restorewatch
