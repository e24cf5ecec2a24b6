#include "simulator/tokens.h"

#include <algorithm>

#include "simulator/hashes.h"
#include "simulator/json_text.h"

namespace atlas_simulator {
namespace {

// Documented: 100 active tokens per service account.
constexpr std::int64_t kMostLiveTokens = 100;
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

/// The value of `name` in a form body; the values used here need no decoding.
std::optional<std::string> form_value(std::string_view body, std::string_view name) {
  while (!body.empty()) {
    const std::string_view field = body.substr(0, body.find('&'));
    const auto equals = field.find('=');
    if (field.substr(0, equals) == name && equals != std::string_view::npos) {
      return std::string(field.substr(equals + 1));
    }
    body.remove_prefix(std::min(body.size(), field.size() + 1));
  }
  return std::nullopt;
}

}  // namespace

Tokens::Tokens(const Scenario& scenario)
    : accounts_(scenario.service_accounts),
      per_minute_(scenario.tokens_per_minute),
      draws_(seed_for(scenario.seed, "tokens")) {}

const ServiceAccount* Tokens::account(const std::string& authorization) const {
  constexpr std::string_view kBasic = "Basic ";
  if (!authorization.starts_with(kBasic)) return nullptr;
  const auto pair = from_base64(authorization.substr(kBasic.size()));
  const auto found =
      std::find_if(accounts_.begin(), accounts_.end(), [&](const ServiceAccount& account) {
        const auto is_pair = [&](const std::string& secret) {
          return pair == account.client_id + ':' + secret;
        };
        return is_pair(account.client_secret) ||
               std::any_of(account.further_secrets.begin(), account.further_secrets.end(), is_pair);
      });
  return found == accounts_.end() ? nullptr : &*found;
}

bool Tokens::change(const SecretChange& change) {
  const auto found = std::find_if(
      accounts_.begin(), accounts_.end(),
      [&](const ServiceAccount& account) { return account.name == change.credential; });
  if (found == accounts_.end()) return false;
  found->client_secret = change.secrets.front();
  found->further_secrets.assign(change.secrets.begin() + 1, change.secrets.end());
  for (auto at = tokens_.begin(); at != tokens_.end();) {
    const bool goes = change.revoke_tokens && at->second.account == change.credential;
    at = goes ? tokens_.erase(at) : std::next(at);
  }
  return true;
}

std::int64_t Tokens::live_tokens(const std::string& account, VirtualTime now) const {
  return std::count_if(tokens_.begin(), tokens_.end(), [&](const auto& token) {
    return token.second.account == account && now < token.second.expires;
  });
}

std::optional<Answer> Tokens::over_the_rate(const ServiceAccount& account, VirtualTime now) {
  if (per_minute_ == 0) return std::nullopt;
  const RateLimit limit{per_minute_, per_minute_, std::chrono::minutes(1)};
  if (buckets_.take(account.name, limit, now).allowed) return std::nullopt;
  ++rate_limited_;
  return atlas_error(429, "RATE_LIMITED", "Resource /api/oauth/token is limited.",
                     {"\"/api/oauth/token\"", std::to_string(per_minute_), "1"});
}

Answer Tokens::issue(const ApiRequest& request, VirtualTime now) {
  const ServiceAccount* who = account(request.authorization);
  if (who == nullptr) return oauth_error(401, "invalid_client", "Client authentication failed.");
  if (auto limited = over_the_rate(*who, now)) return *std::move(limited);
  const auto grant = form_value(request.body, "grant_type");
  if (!request.content_type.starts_with(kFormType) || !grant) {
    return oauth_error(400, "invalid_request", "A form with grant_type is needed.");
  }
  if (*grant != "client_credentials") {
    return oauth_error(400, "unsupported_grant_type", "Only client_credentials is supported.");
  }
  if (live_tokens(who->name, now) >= kMostLiveTokens) {
    return oauth_error(403, "access_denied", "The limit of active tokens has been reached.");
  }
  return mint(*who, now);
}

Answer Tokens::mint(const ServiceAccount& account, VirtualTime now) {
  ++issued_;
  const std::string token = "eySECRETTOKEN" + draws_.hex(16) + '.' + draws_.hex(64);
  tokens_[token] = {account.name, now + account.token_lifetime};
  Answer answer;
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.body =
      JsonObject()
          .text("access_token", token)
          .number("expires_in",
                  std::chrono::floor<std::chrono::seconds>(account.token_lifetime).count())
          .text("token_type", "Bearer")
          .render();
  return answer;
}

std::optional<std::string> Tokens::check(std::string_view authorization, VirtualTime now) const {
  constexpr std::string_view kBearer = "Bearer ";
  if (!authorization.starts_with(kBearer)) return std::nullopt;
  const auto found = tokens_.find(authorization.substr(kBearer.size()));
  if (found == tokens_.end() || now >= found->second.expires) return std::nullopt;
  return found->second.account;
}

}  // namespace atlas_simulator
