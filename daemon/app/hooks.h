#pragma once

#include <functional>
#include <memory>
#include <random>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "base/telemetry.h"
#include "events/webhooks.h"
#include "jobs/journal.h"
#include "net/net_loop.h"

namespace restorewatch {

/// The webhooks with connections and a thread of their own, so that a slow receiver and the looks
/// at Atlas know nothing of each other.
class Hooks {
 public:
  /// All must outlive the hooks.
  struct Deps {
    const Clock& clock;
    Journal& journal;
    Telemetry& telemetry;
    Log log;
    std::function<void()> on_death;  // called on the thread when it cannot go on
  };

  /// The webhooks find their places in the journal now; nothing is sent before start().
  static Result<std::unique_ptr<Hooks>> create(std::vector<WebhookOptions> webhooks, Deps deps);
  ~Hooks();  // stops

  void start();

  /// There may be new entries. Thread-safe.
  void wake() { webhooks_.wake(); }

  /// From now on exactly these, see Webhooks::apply(). Thread-safe.
  void apply(std::vector<WebhookOptions> webhooks);

  /// Delivers what can be delivered within about a second, and ends.
  void stop();

 private:
  Hooks(std::unique_ptr<NetLoop> net, Deps deps);
  void run(const std::stop_token& stop);

  Deps deps_;
  std::mt19937_64 random_;  // on the loop's thread
  std::unique_ptr<NetLoop> net_;
  Webhooks webhooks_;
  std::jthread thread_;
};

}  // namespace restorewatch
