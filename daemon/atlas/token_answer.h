#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace restorewatch {

struct TokenAnswer {
  Secret token;
  std::chrono::seconds life{0};
};

/// Reads {"access_token": …, "expires_in": 3600, "token_type": "Bearer"} (RFC 6749, 5.1).
/// Malformed otherwise; the detail quotes nothing of the body.
Result<TokenAnswer> decode_token_answer(std::string_view body);

}  // namespace restorewatch
