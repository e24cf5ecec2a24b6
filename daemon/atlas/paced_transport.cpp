#include "atlas/paced_transport.h"

#include <memory>
#include <utility>

namespace restorewatch {

using std::chrono::milliseconds;
using std::chrono::seconds;

void PacedTransport::start(const CallBucket& bucket, HttpRequest request, Done done) {
  const std::optional<SteadyTime> when = deps_.budget.reserve(bucket);
  if (!when) {
    return deps_.loop.post([outcome = held(deps_.budget.held_until(bucket)),
                            done = std::move(done)] { done(outcome); });
  }
  if (*when <= deps_.clock.steady_now()) return send(std::move(request), std::move(done));
  deps_.loop.at(*when, [this, bucket, request = std::move(request), done = std::move(done)] {
    const auto until = deps_.budget.held_until(bucket);
    if (until) return done(held(until));
    send(request, done);
  });
}

void PacedTransport::send(HttpRequest request, Done done) {
  const SteadyTime sent = deps_.clock.steady_now();
  deps_.transport.start(std::move(request),
                        [sent, done = std::move(done)](Result<HttpResponse> response) {
                          done({std::move(response), sent});
                        });
}

PacedTransport::Outcome PacedTransport::held(std::optional<SteadyTime> until) const {
  const SteadyTime now = deps_.clock.steady_now();
  const auto left = until.value_or(now) - now;
  const WallTime end = deps_.clock.wall_now() + std::chrono::ceil<milliseconds>(left);
  Error error{ErrorKind::Throttled,
              "Atlas asked to be left alone until " + format_time(std::chrono::ceil<seconds>(end)),
              std::chrono::ceil<seconds>(left)};
  return {std::move(error), std::nullopt};
}

}  // namespace restorewatch
