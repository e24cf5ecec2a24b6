#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/atlas_options.h"
#include "atlas/rotating_secret.h"
#include "atlas/token_cache.h"

namespace restorewatch {

/// What is known of one credential: either an API key's secret, or a service account's tokens.
struct Account {
  std::string id;                      // the key's public half, or the client id
  std::optional<RotatingSecret> key;   // of an API key
  std::unique_ptr<TokenCache> tokens;  // of a service account
};

/// The accounts of the configuration, by the names of their credentials. On the loop's thread only.
class Accounts {
 public:
  /// How long what has left the configuration can still be found, by looks that are under way.
  static constexpr std::chrono::minutes kGrace{10};

  Accounts(const AtlasOptions& options, TokenCache::Deps deps);

  /// Null: there is none of that name.
  std::shared_ptr<Account> find(std::string_view credential) const;

  /// Others from now on. One whose id stays keeps its tokens; if its secret has changed, that is
  /// offered. One that is not configured any more goes after the grace.
  void reconfigure(const AtlasOptions& options);

  /// The credential's file has this secret now.
  void offer(std::string_view credential, const Secret& secret);

 private:
  struct Leaving {
    std::string name;
    std::shared_ptr<Account> account;
    SteadyTime until;
  };

  std::shared_ptr<Account> made_of(const Credential& credential, const AtlasOptions& options) const;
  void leave(std::string name, std::shared_ptr<Account> account);
  void drop_who_left();

  TokenCache::Deps deps_;
  std::map<std::string, std::shared_ptr<Account>, std::less<>> accounts_;
  std::vector<Leaving> leaving_;
};

}  // namespace restorewatch
