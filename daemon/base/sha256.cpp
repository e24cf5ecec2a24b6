#include "base/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <charconv>
#include <memory>
#include <new>

namespace restorewatch {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// The library fails here only without memory.
void require(int outcome) {
  if (outcome != 1) throw std::bad_alloc();
}

Digest digest_of(std::string_view head, std::string_view tail) {
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  if (!context) throw std::bad_alloc();
  Digest digest;
  require(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr));
  require(EVP_DigestUpdate(context.get(), head.data(), head.size()));
  require(EVP_DigestUpdate(context.get(), tail.data(), tail.size()));
  require(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr));
  return digest;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Digest sha256(const Digest& head, std::string_view tail) {
  return digest_of({reinterpret_cast<const char*>(head.data()), head.size()}, tail);
}

Digest sha256(std::string_view text) {
  return digest_of({}, text);
}

Digest hmac_sha256(const Secret& key, std::string_view message) {
  const std::string& secret = key.reveal();
  Digest digest;
  const unsigned char* const made =
      HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(message),
           message.size(), digest.data(), nullptr);
  if (made == nullptr) throw std::bad_alloc();
  return digest;
}

std::string to_hex(const Digest& digest) {
  std::string text;
  text.reserve(2 * digest.size());
  for (const std::uint8_t byte : digest) {
    text += kHexDigits[byte >> 4U];
    text += kHexDigits[byte & 0xFU];
  }
  return text;
}

std::optional<Digest> digest_from_hex(std::string_view text) {
  Digest digest;
  if (text.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const char* const first = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(first, first + 2, digest[i], 16);
    if (error != std::errc{} || end != first + 2) return std::nullopt;
  }
  return digest;
}

}  // namespace restorewatch
