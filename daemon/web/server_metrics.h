#pragma once

#include <array>
#include <cstddef>

#include "base/telemetry.h"

namespace restorewatch {

/// Why a client was not served.
enum class Turned {
  Malformed,     // its request is none, or could be read in two ways
  TooLarge,      // the request's head
  TooSlow,       // in sending a request, or in taking an answer
  Displaced,     // there were too many, and it had kept us waiting longest
  Busy,          // there were too many, and nobody could go
  TlsFailed,     // not agreed on: version, certificate, not TLS at all
  Unauthorized,  // no user, or another password
  RateLimited,
  ForeignHost,  // a name that is not ours: DNS rebinding
};
inline constexpr std::size_t kTurnedReasons = 9;

/// What the server tells about itself: restorewatch_http_*. Used by the server's loop.
class ServerMetrics {
 public:
  explicit ServerMetrics(Telemetry& telemetry);

  void show_connections(std::size_t count);
  void count_answer(int status);
  void count(Turned reason);

 private:
  prometheus::Gauge& connections_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Counter& ok_;  // nearly all
  std::array<prometheus::Counter*, kTurnedReasons> turned_{};
};

}  // namespace restorewatch
