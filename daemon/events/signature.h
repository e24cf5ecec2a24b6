#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/time.h"

namespace restorewatch {

inline constexpr std::string_view kSignatureHeader = "Restorewatch-Signature";

/// "t=<unix seconds>,v1=<hex>[,v1=<hex>…]": for each secret the HMAC-SHA256 of "<t>.<body>". The
/// time is signed, too, so that a receiver can refuse what was recorded and sent again.
std::string signature(WallTime now, std::string_view body, std::span<const Secret> secrets);

/// What to sign with. A secret that is replaced signs beside the new one for a day, so that
/// receivers can change over when they like. Not thread-safe.
class SigningSecrets {
 public:
  explicit SigningSecrets(std::vector<Secret> secrets) : current_(std::move(secrets)) {}

  void replace(std::vector<Secret> secrets, SteadyTime now);

  /// The newest first.
  std::vector<Secret> valid(SteadyTime now) const;

 private:
  struct Retired {
    Secret secret;
    SteadyTime until;
  };

  std::vector<Secret> current_;
  std::vector<Retired> retired_;  // the newest first, a few
};

}  // namespace restorewatch
