#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace restorewatch {

struct DigestLogin {
  std::string user;
  Secret password;
};
struct BasicLogin {
  std::string user;
  Secret password;
};
struct BearerToken {
  Secret token;
};
using HttpLogin = std::variant<std::monostate, DigestLogin, BasicLogin, BearerToken>;

enum class HttpMethod { Get, Post };

struct HttpRequest {
  HttpMethod method = HttpMethod::Get;
  std::string url;  // absolute; https, or http to a loopback address
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // POST only
  HttpLogin login;
  std::string session;    // requests of one session share login state, such as a digest nonce
  std::string proxy_url;  // in place of the transport's own proxy; empty: that one, if it has one
  std::chrono::milliseconds timeout{30'000};  // for everything: name, connection, answer
  std::size_t max_body_bytes = 64U << 20U;    // after decompression
};

struct HttpResponse {
  int status = 0;
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case, last one wins
  std::string body;                                         // decompressed
  std::chrono::milliseconds elapsed{0};
};

/// Sends requests and follows no redirect. Errors: Timeout, Unreachable (below HTTP, the reason
/// in words), Malformed (an answer larger than `max_body_bytes` or not HTTP). Any status is a
/// response, not an error.
class HttpTransport {
 public:
  using Done = std::function<void(Result<HttpResponse>)>;

  virtual ~HttpTransport() = default;

  /// Returns at once; `done` is called exactly once, later, on the loop's thread.
  /// On the loop's thread only.
  virtual void start(HttpRequest request, Done done) = 0;
};

}  // namespace restorewatch
