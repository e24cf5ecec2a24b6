#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/telemetry.h"
#include "events/webhook_options.h"
#include "events/webhook_sink.h"
#include "jobs/journal.h"

namespace restorewatch {

/// All webhooks, on one loop. On the loop's thread only, unless said otherwise; before that
/// thread has begun, on any one.
class Webhooks {
 public:
  /// All must outlive the webhooks; the loop must have ended by then.
  struct Deps {
    Loop& loop;
    HttpTransport& transport;
    const Clock& clock;
    Journal& journal;
    Telemetry& telemetry;
    Log log;
    std::function<double()> draw;  // from [0, 1), for the jitter of pauses
  };

  explicit Webhooks(Deps deps) : deps_(std::move(deps)) {}

  /// From now on exactly these. One whose name stays goes on where it is, with its new settings; a
  /// new name begins behind the journal's last entry, unless the journal knows it from before.
  void apply(std::vector<WebhookOptions> options);

  /// There may be new entries. Thread-safe.
  void wake();

  /// Delivers what can be delivered at once, for `patience` at most; then ends all webhooks and
  /// calls `done`. What is left is delivered after the next start.
  void finish(std::chrono::milliseconds patience, std::function<void()> done);

 private:
  std::unique_ptr<WebhookSink> make(WebhookOptions options);
  void wake_all();
  void end_if_quiet();
  void end();

  Deps deps_;
  std::vector<std::unique_ptr<WebhookSink>> sinks_;
  std::function<void()> done_;            // set while finishing
  std::atomic<bool> wake_posted_{false};  // one that has not run yet does for all
};

}  // namespace restorewatch
