#include "web/bcrypt.h"

#include <crypt.h>
#include <openssl/crypto.h>

#include <cstring>
#include <memory>

namespace restorewatch {
namespace {

/// What crypt_r() works in; the password is in there, too.
struct WipeAndFree {
  void operator()(crypt_data* data) const {
    OPENSSL_cleanse(data, sizeof *data);
    delete data;
  }
};

}  // namespace

bool bcrypt_matches(const std::string& hash, const std::string& password) {
  const std::unique_ptr<crypt_data, WipeAndFree> data(new crypt_data{});
  const char* const made = crypt_r(password.c_str(), hash.c_str(), data.get());
  const bool whole = password.find('\0') == std::string::npos;
  // A text that begins with "*" is crypt's way to say that it could not.
  if (made == nullptr || std::strlen(made) != hash.size()) return false;
  return CRYPTO_memcmp(made, hash.data(), hash.size()) == 0 && whole;
}

}  // namespace restorewatch
