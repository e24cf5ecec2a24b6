#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/web_exchange.h"

struct ssl_ctx_st;

namespace restorewatch {

enum class Admission {
  Admitted,
  Unauthorized,  // 401, with WWW-Authenticate: Basic
  Busy,          // 429, with Retry-After
};

/// Who may come in and how, at this moment. Thread-safe.
class WebAccess {
 public:
  virtual ~WebAccess() = default;

  /// For a connection accepted now; null: plain HTTP. (The SSL_CTX verifies client certificates
  /// itself.)
  virtual std::shared_ptr<ssl_ctx_st> tls() = 0;

  /// Whether a request with this Authorization header (empty: none) may be answered. `then` is
  /// called once: at once, on the caller's thread, where the answer is known; later on another
  /// thread where a password must be hashed.
  virtual void admit(std::string_view authorization, std::function<void(Admission)> then) = 0;

  /// To be added to every answer.
  virtual std::shared_ptr<const WebHeaders> headers() = 0;
};

}  // namespace restorewatch
