#include "atlas/accounts.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace restorewatch {
namespace {

const Secret& secret_of(const Credential& credential) {
  const auto* service = std::get_if<ServiceAccount>(&credential.login);
  return service != nullptr ? service->client_secret
                            : std::get<ApiKey>(credential.login).private_key;
}

bool is_of(const Account& account, const Credential& credential) {
  const auto* service = std::get_if<ServiceAccount>(&credential.login);
  if ((service != nullptr) != (account.tokens != nullptr)) return false;
  return account.id ==
         (service != nullptr ? service->client_id : std::get<ApiKey>(credential.login).public_key);
}

void offer_to(Account& account, const Secret& secret) {
  if (account.tokens) {
    account.tokens->offer(secret);
  } else {
    account.key->offer(secret);
  }
}

}  // namespace

Accounts::Accounts(const AtlasOptions& options, TokenCache::Deps deps) : deps_(std::move(deps)) {
  for (const Credential& credential : options.credentials) {
    accounts_.emplace(credential.name, made_of(credential, options));
  }
}

std::shared_ptr<Account> Accounts::made_of(const Credential& credential,
                                           const AtlasOptions& options) const {
  auto account = std::make_shared<Account>();
  if (const auto* service = std::get_if<ServiceAccount>(&credential.login)) {
    account->id = service->client_id;
    account->tokens = std::make_unique<TokenCache>(
        TokenCache::Options{credential.name, options.base_url, *service, options.request_timeout},
        deps_);
  } else {
    account->id = std::get<ApiKey>(credential.login).public_key;
    account->key.emplace(credential.name, secret_of(credential), deps_.log);
  }
  return account;
}

std::shared_ptr<Account> Accounts::find(std::string_view credential) const {
  const auto found = accounts_.find(credential);
  if (found != accounts_.end()) return found->second;
  const auto left = std::ranges::find(leaving_, credential, &Leaving::name);
  return left == leaving_.end() ? nullptr : left->account;
}

void Accounts::reconfigure(const AtlasOptions& options) {
  auto before = std::exchange(accounts_, {});
  for (const Credential& credential : options.credentials) {
    auto known = before.extract(credential.name);
    if (!known.empty() && is_of(*known.mapped(), credential)) {
      if (known.mapped()->tokens) known.mapped()->tokens->set_timeout(options.request_timeout);
      offer_to(*known.mapped(), secret_of(credential));
      accounts_.insert(std::move(known));
      continue;
    }
    if (!known.empty()) leave(credential.name, std::move(known.mapped()));
    accounts_.emplace(credential.name, made_of(credential, options));
  }
  for (auto& [name, account] : before) leave(name, std::move(account));
}

void Accounts::offer(std::string_view credential, const Secret& secret) {
  const auto found = accounts_.find(credential);
  if (found != accounts_.end()) offer_to(*found->second, secret);
}

void Accounts::leave(std::string name, std::shared_ptr<Account> account) {
  deps_.metrics.forget_credential(name);
  const SteadyTime until = deps_.clock.steady_now() + kGrace;
  leaving_.push_back({std::move(name), std::move(account), until});
  deps_.loop.at(until, [this] { drop_who_left(); });
}

void Accounts::drop_who_left() {
  const SteadyTime now = deps_.clock.steady_now();
  bool is_busy = false;
  std::erase_if(leaving_, [&](const Leaving& left) {
    if (left.until > now) return false;
    const bool waits = left.account->tokens && left.account->tokens->is_minting();
    is_busy = is_busy || waits;
    if (!waits && !accounts_.contains(left.name)) deps_.metrics.forget_credential(left.name);
    return !waits;
  });
  if (is_busy) deps_.loop.at(now + kGrace, [this] { drop_who_left(); });
}

}  // namespace restorewatch
