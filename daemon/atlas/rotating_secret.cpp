#include "atlas/rotating_secret.h"

#include <algorithm>
#include <utility>

namespace restorewatch {

RotatingSecret::RotatingSecret(std::string credential, Secret secret, Log log)
    : credential_(std::move(credential)), in_use_(std::move(secret)), log_(std::move(log)) {}

void RotatingSecret::offer(const Secret& secret) {
  if (offered_ == secret) return;
  offered_.reset();
  refused_at_.reset();
  if (secret != in_use_) offered_ = secret;
}

const Secret& RotatingSecret::first_choice(SteadyTime now) const {
  const bool waits = refused_at_ && now < *refused_at_ + kTryAgainAfter;
  return offered_ && !waits ? *offered_ : in_use_;
}

std::optional<Secret> RotatingSecret::other_than(const std::vector<Secret>& tried) const {
  const auto is_new = [&](const Secret& secret) {
    return std::ranges::find(tried, secret) == tried.end();
  };
  if (offered_ && is_new(*offered_)) return offered_;
  if (is_new(in_use_)) return in_use_;
  return std::nullopt;
}

void RotatingSecret::accepted(const Secret& secret) {
  if (offered_ != secret) return;
  in_use_ = secret;
  offered_.reset();
  refused_at_.reset();
  log_.info("the new secret is accepted", {{"credential", credential_}});
}

void RotatingSecret::refused(const Secret& secret, SteadyTime now) {
  if (offered_ != secret) return;
  if (!refused_at_) {
    log_.warn("the new secret is refused; the one before goes on, and the new one is tried again",
              {{"credential", credential_}});
  }
  refused_at_ = now;
}

}  // namespace restorewatch
