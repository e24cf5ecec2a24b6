#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace restorewatch {

/// A name and a password; the password is wiped from memory with it.
struct BasicCredentials {
  BasicCredentials(std::string_view name, std::string_view secret);
  ~BasicCredentials();
  BasicCredentials(BasicCredentials&&) noexcept = default;
  BasicCredentials& operator=(BasicCredentials&&) = delete;

  std::string user;
  std::string password;
};

/// Reads the value of an Authorization header (RFC 7617). Absent: another scheme, not base64, no
/// colon, or longer than anybody's password.
std::optional<BasicCredentials> parse_basic(std::string_view authorization);

}  // namespace restorewatch
