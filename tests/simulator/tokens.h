#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/answer.h"
#include "simulator/draws.h"
#include "simulator/rate_buckets.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

/// The token endpoint of service accounts and the tokens it gave out. Not thread-safe.
/// Source: Atlas Admin API, "Service Accounts", OAuth 2 client credentials.
class Tokens {
 public:
  Tokens(const Scenario& scenario);

  /// Answers `POST /api/oauth/token`.
  Answer issue(const ApiRequest& request, VirtualTime now);

  /// False: there is no such account.
  bool change(const SecretChange& change);

  /// The name of the service account that `Authorization: Bearer ...` speaks for; absent if the
  /// token is unknown or has expired.
  std::optional<std::string> check(std::string_view authorization, VirtualTime now) const;

  std::int64_t issued() const { return issued_; }
  std::int64_t rate_limited() const { return rate_limited_; }

 private:
  struct Token {
    std::string account;
    VirtualTime expires;
  };

  const ServiceAccount* account(const std::string& authorization) const;
  std::int64_t live_tokens(const std::string& account, VirtualTime now) const;
  std::optional<Answer> over_the_rate(const ServiceAccount& account, VirtualTime now);
  Answer mint(const ServiceAccount& account, VirtualTime now);

  std::vector<ServiceAccount> accounts_;
  std::int64_t per_minute_;
  Draws draws_;
  RateBuckets buckets_;
  std::map<std::string, Token, std::less<>> tokens_;
  std::int64_t issued_ = 0, rate_limited_ = 0;
};

}  // namespace atlas_simulator
