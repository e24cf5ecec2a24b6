#include "atlas/token_answer.h"

#include <simdjson.h>

#include <algorithm>
#include <string>

namespace restorewatch {
namespace {

/// Longer lives are cut: nobody hands out tokens for longer, and time must not overflow.
constexpr std::int64_t kMaxLifeSeconds = std::int64_t{7} * 86'400;

Error malformed(const char* what) {
  return Error{ErrorKind::Malformed, std::string("token answer: ") + what};
}

bool is_bearer(std::string_view type) {
  constexpr std::string_view kBearer = "bearer";
  return std::equal(type.begin(), type.end(), kBearer.begin(), kBearer.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

/// RFC 6750: what may stand behind "Bearer ".
bool is_token(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Result<TokenAnswer> decode_token_answer(std::string_view body) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS)
    return malformed("not JSON");
  std::string_view token;
  std::string_view type;
  std::int64_t life = 0;
  if (root["access_token"].get(token) != simdjson::SUCCESS || !is_token(token))
    return malformed("no access_token");
  if (root["token_type"].get(type) != simdjson::SUCCESS || !is_bearer(type))
    return malformed("not a bearer token");
  if (root["expires_in"].get(life) != simdjson::SUCCESS || life <= 0)
    return malformed("no expires_in");
  return TokenAnswer{Secret(std::string(token)),
                     std::chrono::seconds(std::min(life, kMaxLifeSeconds))};
}

}  // namespace restorewatch
