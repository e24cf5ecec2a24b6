#include "events/signature.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

#include "base/sha256.h"

namespace restorewatch {
namespace {

constexpr std::chrono::hours kOverlap{24};

/// Whoever replaces a secret every minute gets no header without an end.
constexpr std::size_t kMaxRetired = 3;

}  // namespace

std::string signature(WallTime now, std::string_view body, std::span<const Secret> secrets) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  const std::string time = std::to_string(seconds);
  const std::string message = time + "." + std::string(body);
  std::string header = "t=" + time;
  for (const Secret& secret : secrets) {
    header += ",v1=" + to_hex(hmac_sha256(secret, message));
  }
  return header;
}

void SigningSecrets::replace(std::vector<Secret> secrets, SteadyTime now) {
  const auto stays = [&](const Secret& secret) {
    return std::ranges::find(secrets, secret) != secrets.end();
  };
  std::erase_if(retired_,
                [&](const Retired& old) { return stays(old.secret) || old.until <= now; });
  std::vector<Retired> retired;
  for (Secret& secret : current_) {
    if (!stays(secret)) retired.push_back({std::move(secret), now + kOverlap});
  }
  retired_.insert(retired_.begin(), retired.begin(), retired.end());
  if (retired_.size() > kMaxRetired) retired_.resize(kMaxRetired);
  current_ = std::move(secrets);
}

std::vector<Secret> SigningSecrets::valid(SteadyTime now) const {
  std::vector<Secret> secrets = current_;
  for (const Retired& old : retired_) {
    if (old.until > now) secrets.push_back(old.secret);
  }
  return secrets;
}

}  // namespace restorewatch
