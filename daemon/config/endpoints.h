#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace restorewatch {

/// Where to listen. Port 0: one that the system picks.
struct ListenAddress {
  std::string host;  // a name or an address, IPv6 without brackets; empty: every interface
  std::uint16_t port = 0;

  bool operator==(const ListenAddress&) const = default;
};

/// Reads "host:port", "[v6]:port" or ":port". Errors: BadConfig, saying what it should be.
Result<ListenAddress> parse_listen_address(std::string_view text);

/// Scheme, host and optional port, returned without a trailing slash. Plain http only to a
/// loopback literal or localhost, since logins travel over it. Errors: BadConfig.
Result<std::string> check_base_url(std::string_view text);

/// The same shape, but http to any host: a proxy sees an encrypted tunnel. Errors: BadConfig.
Result<std::string> check_proxy_url(std::string_view text);

/// Where events are posted to. Many services put a token into the path, so the URL is a secret.
struct WebhookUrl {
  Secret url;
  std::string host;  // as written; IPv6 without brackets
};

/// As a base URL, but it may go on with a path and a query. The error quotes no part of the URL.
Result<WebhookUrl> check_webhook_url(std::string_view text);

}  // namespace restorewatch
