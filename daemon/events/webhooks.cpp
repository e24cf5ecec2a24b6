#include "events/webhooks.h"

#include <algorithm>
#include <utility>

namespace restorewatch {

void Webhooks::apply(std::vector<WebhookOptions> options) {
  std::vector<std::unique_ptr<WebhookSink>> sinks;
  for (WebhookOptions& wanted : options) {
    const auto same = [&wanted](const auto& sink) { return sink && sink->name() == wanted.name; };
    const auto known = std::ranges::find_if(sinks_, same);
    if (known == sinks_.end()) {
      sinks.push_back(make(std::move(wanted)));
    } else {
      (*known)->change(std::move(wanted));
      sinks.push_back(std::move(*known));
    }
  }
  sinks_ = std::move(sinks);
  wake();
}

std::unique_ptr<WebhookSink> Webhooks::make(WebhookOptions options) {
  return std::make_unique<WebhookSink>(
      std::move(options),
      WebhookSink::Deps{deps_.loop, deps_.transport, deps_.clock, deps_.journal, deps_.telemetry,
                        deps_.log, deps_.draw, [this] { end_if_quiet(); }});
}

void Webhooks::wake() {
  if (wake_posted_.exchange(true)) return;
  deps_.loop.post([this] {
    wake_posted_ = false;
    wake_all();
  });
}

void Webhooks::wake_all() {
  for (const auto& sink : sinks_) sink->wake();
}

void Webhooks::finish(std::chrono::milliseconds patience, std::function<void()> done) {
  done_ = std::move(done);
  deps_.loop.at(deps_.clock.steady_now() + patience, [this] { end(); });
  wake_all();
  end_if_quiet();
}

void Webhooks::end_if_quiet() {
  if (!done_) return;
  const auto is_quiet = [](const auto& sink) { return sink->is_quiet(); };
  if (!std::ranges::all_of(sinks_, is_quiet)) return;
  deps_.loop.post([this] { end(); });  // not from within a sink, which is to end
}

void Webhooks::end() {
  sinks_.clear();
  if (done_) std::exchange(done_, nullptr)();
}

}  // namespace restorewatch
