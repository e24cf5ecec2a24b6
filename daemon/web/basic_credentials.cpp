#include "web/basic_credentials.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cctype>

#include "base/base64.h"

namespace restorewatch {
namespace {

constexpr std::string_view kScheme = "basic ";
constexpr std::size_t kLongest = 2048;

/// Also what a move has left behind in it.
void wipe(std::string& text) {
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
}

bool begins_with_scheme(std::string_view text) {
  return text.size() > kScheme.size() &&
         std::equal(kScheme.begin(), kScheme.end(), text.begin(), [](char wanted, char c) {
           return wanted == std::tolower(static_cast<unsigned char>(c));
         });
}

}  // namespace

BasicCredentials::BasicCredentials(std::string_view name, std::string_view secret)
    : user(name), password(secret) {}

BasicCredentials::~BasicCredentials() {
  wipe(password);
}

std::optional<BasicCredentials> parse_basic(std::string_view authorization) {
  if (authorization.size() > kLongest || !begins_with_scheme(authorization)) return std::nullopt;
  std::string_view token = authorization.substr(kScheme.size());
  token.remove_prefix(std::min(token.find_first_not_of(' '), token.size()));
  std::optional<std::string> pair = from_base64(token);
  if (!pair) return std::nullopt;
  const std::size_t colon = pair->find(':');
  std::optional<BasicCredentials> credentials;
  if (colon != std::string::npos) {
    const std::string_view text = *pair;
    credentials.emplace(text.substr(0, colon), text.substr(colon + 1));
  }
  wipe(*pair);
  return credentials;
}

}  // namespace restorewatch
