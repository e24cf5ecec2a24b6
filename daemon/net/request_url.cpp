#include "net/request_url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

namespace restorewatch {
namespace {

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using ParsedUrl = std::unique_ptr<CURLU, UrlDeleter>;

/// Null when `url` is no URL that libcurl understands.
ParsedUrl parse(const std::string& url) {
  ParsedUrl parsed(curl_url());
  // The schemes are checked here, so libcurl may let through those that it cannot speak.
  const bool good = parsed && curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(),
                                           CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  return good ? std::move(parsed) : nullptr;
}

std::optional<std::string> part(const ParsedUrl& url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return std::nullopt;
  std::string copy(text);
  curl_free(text);
  return copy;
}

/// libcurl has normalised the host by now: "127.1" has become "127.0.0.1", letters are as given.
bool is_loopback_host(std::string host) {
  if (host == "localhost") return true;
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1)
    return (ntohl(v4.sin_addr.s_addr) >> 24U) == 127;
  if (inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
    return std::memcmp(&v6.sin6_addr, &in6addr_loopback, sizeof in6addr_loopback) == 0;
  }
  return false;
}

Error refused(std::string why) {
  return Error{ErrorKind::Unreachable, "not sent: " + std::move(why)};
}

}  // namespace

Result<UrlClass> classify_url(const std::string& url) {
  const ParsedUrl parsed = parse(url);
  if (!parsed) return refused("the request's URL is not one");
  const std::string scheme = part(parsed, CURLUPART_SCHEME).value_or("");
  const std::string host = part(parsed, CURLUPART_HOST).value_or("");
  if (part(parsed, CURLUPART_USER) || part(parsed, CURLUPART_PASSWORD)) {
    return refused("the request's URL carries a login");
  }
  if (scheme == "https") return UrlClass::Https;
  if (scheme != "http") return refused("the request's URL is neither https nor http");
  if (is_loopback_host(host)) return UrlClass::LoopbackHttp;
  return refused("plain http is for loopback addresses only, and " + host + " is not one");
}

Status check_proxy(const std::string& url) {
  const ParsedUrl parsed = parse(url);
  const std::string scheme = parsed ? part(parsed, CURLUPART_SCHEME).value_or("") : "";
  const bool known = scheme == "http" || scheme == "https" || scheme == "socks5" ||
                     scheme == "socks5h" || scheme == "socks4" || scheme == "socks4a";
  if (known) return Success{};
  return Error{ErrorKind::BadConfig, "proxy_url is not an http, https or socks URL"};
}

bool is_loopback(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return (ntohl(v4.sin_addr.s_addr) >> 24U) == 127;
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    return std::memcmp(&v6.sin6_addr, &in6addr_loopback, sizeof in6addr_loopback) == 0;
  }
  return false;
}

}  // namespace restorewatch
