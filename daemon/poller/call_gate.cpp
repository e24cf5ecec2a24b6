#include "poller/call_gate.h"

#include <prometheus/counter.h>

#include <utility>

namespace restorewatch {
namespace {

const char* reason_of(const RateBudget::Hold& hold) {
  return hold.asked_for ? "retry_after" : "exponential";
}

}  // namespace

CallGate::CallGate(RateBudget::Options options, Deps deps)
    : deps_(std::move(deps)),
      budget_(std::move(options)),
      waits_(deps_.telemetry.counter("restorewatch_api_backoff_seconds_total",
                                     "Time that buckets were left alone after a 429 or 503: as the "
                                     "answer asked (retry_after) or by "
                                     "our own rule (exponential).")) {
  waits_.Add({{"reason", "retry_after"}});
  waits_.Add({{"reason", "exponential"}});
}

RateBudget::BucketIndex CallGate::find(const CallBucket& bucket) const {
  return budget_.find(bucket, deps_.clock.steady_now());
}

std::optional<SteadyTime> CallGate::reserve(const CallBucket& bucket) {
  return budget_.reserve(find(bucket), deps_.clock.steady_now());
}

std::optional<SteadyTime> CallGate::held_until(const CallBucket& bucket) const {
  return budget_.held_until(find(bucket), deps_.clock.steady_now());
}

void CallGate::answered(const CallBucket& bucket, SteadyTime sent, const BucketNews& news) {
  const SteadyTime now = deps_.clock.steady_now();
  const auto hold = budget_.answered(find(bucket), sent, now, news);
  if (!hold) return;
  const std::chrono::duration<double> wait = hold->until - now;
  waits_.Add({{"reason", reason_of(*hold)}}).Increment(wait.count());
  deps_.log.warn("Atlas asks for fewer calls; this part of it is left alone",
                 {{"scope", bucket.scope},
                  {"endpoint_set", bucket.endpoint_set},
                  {"seconds", std::chrono::ceil<std::chrono::seconds>(wait).count()},
                  {"reason", reason_of(*hold)}});
  if (deps_.on_hold) deps_.on_hold();
}

}  // namespace restorewatch
