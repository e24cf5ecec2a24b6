#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/secret.h"

namespace restorewatch {

/// A programmatic API key: HTTP digest.
struct ApiKey {
  std::string public_key;
  Secret private_key;

  bool operator==(const ApiKey&) const = default;
};

/// A service account: OAuth 2 client credentials.
struct ServiceAccount {
  std::string client_id;
  Secret client_secret;

  bool operator==(const ServiceAccount&) const = default;
};

/// One way to log in to Atlas; belongs to exactly one organization there.
struct Credential {
  std::string name;  // unique in the configuration
  std::variant<ApiKey, ServiceAccount> login;
  std::optional<std::string> org_id{};  // 24 hex digits: only this organization's projects count
  std::string secret_path{};            // the file its secret was read from; empty: none

  bool operator==(const Credential&) const = default;
};

}  // namespace restorewatch
