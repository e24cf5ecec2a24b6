#include "config/endpoints.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <optional>
#include <system_error>

namespace restorewatch {
namespace {

constexpr std::size_t kMaxHostName = 253;  // RFC 1035, in its written form

struct Authority {
  std::string host;  // without brackets
  bool bracketed = false;
  std::optional<std::string_view> port;
};

struct Url {
  bool secure = false;
  Authority authority;
  std::string_view rest;  // path, query and fragment
};

Error bad(std::string message) {
  return {ErrorKind::BadConfig, std::move(message)};
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

bool is_ipv6(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

bool is_host_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  };
  return !text.empty() && text.size() <= kMaxHostName && std::ranges::all_of(text, allowed) &&
         text.front() != '.' && text.front() != '-' && text.find("..") == std::string_view::npos;
}

bool is_loopback(const Authority& authority) {
  if (authority.bracketed) {
    in6_addr address{};
    return inet_pton(AF_INET6, authority.host.c_str(), &address) == 1 &&
           IN6_IS_ADDR_LOOPBACK(&address);
  }
  in_addr address{};
  if (inet_pton(AF_INET, authority.host.c_str(), &address) == 1) {
    return (ntohl(address.s_addr) >> 24U) == IN_LOOPBACKNET;
  }
  return authority.host == "localhost";
}

/// "host", "host:port", "[v6]" or "[v6]:port"; the host may be empty here.
std::optional<Authority> split_authority(std::string_view text) {
  Authority authority;
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    authority.host = text.substr(1, close - 1);
    authority.bracketed = true;
    if (!is_ipv6(authority.host)) return std::nullopt;
    rest = text.substr(close + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    authority.host = text.substr(0, colon);
    if (!authority.host.empty() && !is_host_name(authority.host)) return std::nullopt;
    rest = text.substr(colon);
  }
  if (rest.empty()) return authority;
  if (rest.front() != ':') return std::nullopt;
  authority.port = rest.substr(1);
  return authority;
}

Result<Url> parse_url(std::string_view text, const char* otherwise) {
  Url url;
  constexpr std::string_view kSecure = "https://";
  constexpr std::string_view kPlain = "http://";
  url.secure = text.starts_with(kSecure);
  if (!url.secure && !text.starts_with(kPlain)) return bad(otherwise);
  text.remove_prefix(url.secure ? kSecure.size() : kPlain.size());
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  url.rest = text.substr(end);
  text = text.substr(0, end);
  if (text.find('@') != std::string_view::npos) return bad("must not hold a user or password");
  const std::optional<Authority> authority = split_authority(text);
  if (!authority || authority->host.empty()) return bad("must name a host, such as example.net");
  if (authority->port && parse_port(*authority->port).value_or(0) == 0) {
    return bad("must have a port from 1 to 65535, or none");
  }
  url.authority = *authority;
  return url;
}

/// "https://host:port" of a URL that has nothing behind it.
Result<std::string> bare(std::string_view text, const Url& url) {
  if (url.rest.size() > 1 || url.rest == "?" || url.rest == "#") {
    return bad("must end after the host and port: no path, query or fragment");
  }
  return std::string(text.substr(0, text.size() - url.rest.size()));
}

/// Logins, tokens and events travel over it.
Status only_loopback_is_plain(const Url& url) {
  if (url.secure || is_loopback(url.authority)) return Success{};
  return bad("must be https; plain http is for loopback addresses only");
}

bool is_visible(char c) {
  return c > ' ' && c <= '~';
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  if (!text.starts_with('[') && std::ranges::count(text, ':') > 1) {
    return bad("must have an IPv6 address in brackets, such as [::1]:9942");
  }
  const std::optional<Authority> authority = split_authority(text);
  if (!authority || !authority->port) {
    return bad("must be host:port, [IPv6]:port or :port, such as 127.0.0.1:9942");
  }
  const std::optional<std::uint16_t> port = parse_port(*authority->port);
  if (!port) return bad("must have a port from 0 to 65535");
  return ListenAddress{authority->host, *port};
}

Result<std::string> check_base_url(std::string_view text) {
  const Result<Url> url = parse_url(text, "must begin with https://");
  if (!url) return url.error();
  if (const Status plain = only_loopback_is_plain(*url); !plain) return plain.error();
  return bare(text, *url);
}

Result<std::string> check_proxy_url(std::string_view text) {
  const Result<Url> url = parse_url(text, "must begin with http:// or https://");
  if (!url) return url.error();
  return bare(text, *url);
}

Result<WebhookUrl> check_webhook_url(std::string_view text) {
  const Result<Url> url = parse_url(text, "must begin with https://");
  if (!url) return url.error();
  if (const Status plain = only_loopback_is_plain(*url); !plain) return plain.error();
  if (url->rest.find('#') != std::string_view::npos) return bad("must not have a fragment");
  if (!std::ranges::all_of(url->rest, is_visible)) {
    return bad("must be written in printable ASCII without spaces; %20 stands for one");
  }
  return WebhookUrl{Secret(std::string(text)), url->authority.host};
}

}  // namespace restorewatch
