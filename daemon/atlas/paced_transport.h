#pragma once

#include <functional>
#include <optional>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/loop.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// Sends each call when the budget lets it. What it cannot see: an answer to a digest login may be
/// a challenge, to which the transport sends a second request by itself. Atlas counts that, too,
/// but it is rare, since a nonce is used again until it has had its time. On the loop's thread
/// only.
class PacedTransport {
 public:
  /// All must outlive this, and this the loop's work.
  struct Deps {
    HttpTransport& transport;
    Loop& loop;
    const Clock& clock;
    CallBudget& budget;
  };

  struct Outcome {
    Result<HttpResponse> response;
    std::optional<SteadyTime> sent;  // absent: nothing was sent, since Atlas wants to be left alone
  };
  using Done = std::function<void(Outcome)>;

  explicit PacedTransport(const Deps& deps) : deps_(deps) {}

  /// `done` is called once, later. Errors: as the transport's; Throttled with retry_after where the
  /// bucket is held, or comes to be while the call waits for its time.
  void start(const CallBucket& bucket, HttpRequest request, Done done);

  /// What the answer to a call has told. To be called for each.
  void answered(const CallBucket& bucket, SteadyTime sent, const BucketNews& news) {
    deps_.budget.answered(bucket, sent, news);
  }

 private:
  void send(HttpRequest request, Done done);
  Outcome held(std::optional<SteadyTime> until) const;

  Deps deps_;
};

}  // namespace restorewatch
