#include "net/digest_server.h"

#include <openssl/evp.h>

#include <array>
#include <string_view>
#include <utility>

namespace restorewatch {
namespace {

constexpr std::string_view kRealm = "MMS Public API";

/// `Digest name="value", name=value` as a map.
std::map<std::string, std::string> digest_fields(std::string_view header) {
  std::map<std::string, std::string> fields;
  header.remove_prefix(std::min(header.find(' ') + 1, header.size()));
  while (!header.empty()) {
    const auto equals = header.find('=');
    if (equals == std::string_view::npos) break;
    const std::string name(header.substr(0, equals));
    header.remove_prefix(equals + 1);
    const bool quoted = header.starts_with('"');
    if (quoted) header.remove_prefix(1);
    const auto end = std::min(header.find(quoted ? '"' : ','), header.size());
    fields[name] = header.substr(0, end);
    header.remove_prefix(end);
    const auto next = std::min(header.find_first_not_of("\", "), header.size());
    header.remove_prefix(next);
  }
  return fields;
}

}  // namespace

DigestServer::DigestServer(Options options)
    : options_(std::move(options)),
      server_([this](const ReceivedRequest& request, ServerSocket& socket) {
        answer(request, socket);
      }) {}

void DigestServer::forget_nonces() {
  const std::lock_guard lock(mutex_);
  nonces_.clear();
}

void DigestServer::answer(const ReceivedRequest& request, ServerSocket& socket) {
  const std::lock_guard lock(mutex_);
  const auto header = request.headers.find("authorization");
  if (header == request.headers.end()) {
    socket.send(challenge(false));
    return;
  }
  const auto fields = digest_fields(header->second);
  const auto field = [&](const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  };
  const auto nonce = nonces_.find(field("nonce"));
  const bool right = nonce != nonces_.end() && !refuse_ && field("username") == options_.user &&
                     field("uri") == request.target && field("qop") == "auth" &&
                     field("response") == expected_response(fields, request.method) &&
                     std::stoi("0" + field("nc"), nullptr, 16) == nonce->second + 1;
  if (!right || nonce->second >= options_.uses_of_a_nonce) {
    socket.send(challenge(right));
    return;
  }
  ++nonce->second;
  ++accepted_;
  socket.send(http_answer(200, "welcome"));
}

std::string DigestServer::challenge(bool stale) {
  ++challenges_;
  const std::string nonce = "n+/" + std::to_string(++made_);
  nonces_[nonce] = 0;
  return http_answer(401, "who are you?",
                     R"(WWW-Authenticate: Digest realm=")" + std::string(kRealm) +
                         R"(", domain="", nonce=")" + nonce + R"(", algorithm=)" +
                         options_.algorithm + R"(, qop="auth", stale=)" +
                         (stale ? "true" : "false") + "\r\nX-Only-In-Challenge: yes\r\n");
}

std::string DigestServer::expected_response(const std::map<std::string, std::string>& fields,
                                            const std::string& method) const {
  const std::string who = hash(options_.user + ":" + std::string(kRealm) + ":" + options_.password);
  const std::string what = hash(method + ":" + fields.at("uri"));
  return hash(who + ":" + fields.at("nonce") + ":" + fields.at("nc") + ":" + fields.at("cnonce") +
              ":" + fields.at("qop") + ":" + what);
}

std::string DigestServer::hash(const std::string& text) const {
  const EVP_MD* algorithm = options_.algorithm == "MD5" ? EVP_md5() : EVP_sha256();
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), bytes.data(), &size, algorithm, nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[bytes[i] >> 4U];
    hex += kDigits[bytes[i] & 0xFU];
  }
  return hex;
}

}  // namespace restorewatch
