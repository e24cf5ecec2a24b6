#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/secret.h"

namespace restorewatch {

struct WebhookOptions {
  std::string name;             // of the sink, in the journal, metrics and logs; unique, not "log"
  Secret url;                   // https, or http to a loopback address
  std::vector<Secret> secrets;  // each signs; the newest first, one at least
  std::chrono::milliseconds timeout{10'000};  // for one delivery
  std::string proxy_url{};                    // empty: none

  /// How long about a refused event waits before each further try; then it is given up. Over half
  /// an hour in all: an ingress being replaced or a mistyped secret answers 4xx to everything, and
  /// somebody has to see that and put it right.
  std::vector<std::chrono::milliseconds> refusal_pauses{
      std::chrono::seconds(10), std::chrono::seconds(40), std::chrono::seconds(160),
      std::chrono::seconds(640), std::chrono::minutes(30)};

  bool operator==(const WebhookOptions&) const = default;
};

}  // namespace restorewatch
