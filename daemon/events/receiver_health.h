#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/http_transport.h"
#include "base/result.h"
#include "base/time.h"

namespace restorewatch {

/// What an answer to a delivery means.
struct Verdict {
  enum class Kind {
    Accepted,  // 2xx
    Refused,   // the receiver is there, and does not want this event: 4xx, a redirect
    Down,      // it takes nothing now: 408, 429, 5xx, no answer
  };
  Kind kind = Kind::Down;
  std::string
      reason{};  // "HTTP 503", or what went wrong below HTTP; no part of the URL but its host
  std::optional<std::chrono::seconds> retry_after{};  // of Down, where the receiver said so
};

Verdict verdict_of(const Result<HttpResponse>& answer, WallTime now);

/// How long to wait after the `failures`-th failure in a row: full jitter, that is anything up to
/// a bound that doubles from a second to five minutes. `draw`: from [0, 1).
std::chrono::milliseconds retry_delay(int failures, double draw);

/// Whether a receiver takes anything at all, and when to ask again. Of deliveries that were under
/// way together, the first that fails counts. Not thread-safe.
class ReceiverHealth {
 public:
  /// A delivery that began at `began` found the receiver down. What the receiver asked for is
  /// never undercut.
  void failed(SteadyTime began, SteadyTime now, std::optional<std::chrono::seconds> retry_after,
              double draw);

  /// A delivery that began at `began` was accepted or refused. True: the receiver had been down,
  /// and is up again.
  bool answered(SteadyTime began);

  /// Whether one more may be sent, besides `in_flight`: any number to a receiver that is up, and
  /// one to find out whether it is up again.
  bool may_send(SteadyTime now, std::size_t in_flight) const;

  /// When asking again makes sense, if it does not make sense now.
  SteadyTime paused_until() const { return paused_until_; }

 private:
  int failures_ = 0;  // in a row
  SteadyTime last_failure_ = SteadyTime::min();
  SteadyTime paused_until_ = SteadyTime::min();
};

}  // namespace restorewatch
