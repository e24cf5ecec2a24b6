#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/secret.h"
#include "base/time.h"

namespace restorewatch {

/// A credential's secret while it is being changed, on two sides whose order nobody knows: in Atlas
/// and in its file. The one that was accepted last stays in use until a newer one is accepted; a
/// newer one that is refused (Atlas does not know it yet, or the file was half written) is tried
/// again after a while, and at once when the old one is refused. Not thread-safe.
class RotatingSecret {
 public:
  /// How long a new secret that was refused is not tried first.
  static constexpr std::chrono::seconds kTryAgainAfter{60};

  /// `credential`: its name, for the log.
  RotatingSecret(std::string credential, Secret secret, Log log);

  /// The file has this one now. Nothing happens where it has not changed.
  void offer(const Secret& secret);

  /// The one to try first.
  const Secret& first_choice(SteadyTime now) const;

  /// The one to try after `tried` were refused; absent: there is no other.
  std::optional<Secret> other_than(const std::vector<Secret>& tried) const;

  /// What Atlas has said of one of them. One that has been replaced meanwhile changes nothing.
  void accepted(const Secret& secret);
  void refused(const Secret& secret, SteadyTime now);

 private:
  std::string credential_;
  Secret in_use_;
  std::optional<Secret> offered_;         // not accepted yet
  std::optional<SteadyTime> refused_at_;  // the offered one, last
  Log log_;
};

}  // namespace restorewatch
