#pragma once

#include <chrono>
#include <cstddef>

#include "web/head_screen.h"

namespace restorewatch {

/// What one client, and all of them, may cost. The defaults are for a few Prometheus servers and a
/// few people, all of whom may come from one address, since a proxy is in between.
struct ServerLimits {
  std::size_t connections = 256;
  std::size_t connections_per_address = 96;  // IPv6: of 64 bits
  std::size_t queued_requests = 32;          // of the paths that may wait

  HeadLimits head;
  std::chrono::milliseconds handshake{5000};  // of TLS, from the moment of accepting
  std::chrono::milliseconds head_time{5000};  // for a whole head
  std::chrono::milliseconds idle{120000};     // between requests: longer than between two scrapes
  std::chrono::milliseconds waiting{30000};   // for our own answer, passwords included

  std::chrono::milliseconds answer{60000};      // for a whole answer to be taken
  std::chrono::milliseconds pace_window{5000};  // in each of which at least so much is taken:
  std::size_t pace_bytes = std::size_t{64} * 1024;
  std::chrono::milliseconds protected_answer{2000};  // before it may be ended in favour of others

  /// Of answers that are being sent: what nobody else holds, and what is left of those that are
  /// taken slowly, since a page that was replaced meanwhile may be there for them alone.
  std::size_t held_bytes = std::size_t{40} * 1024 * 1024;

  std::chrono::milliseconds farewell{1000};              // for a client to take notice of the end
  std::size_t farewell_bytes = std::size_t{256} * 1024;  // that are read and dropped meanwhile
  std::size_t requests_per_connection = 1000;
  std::chrono::milliseconds stop{1000};  // for answers under way when the server is stopped
};

}  // namespace restorewatch
