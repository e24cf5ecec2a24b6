#include "simulator/digest.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "simulator/hashes.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

constexpr std::string_view kRealm = "MMS Public API";
constexpr std::string_view kScheme = "Digest ";

// Enough for any test; beyond it the oldest are forgotten, so that a client that never answers its
// challenges does not eat the memory.
constexpr std::size_t kMostNonces = 100'000;

/// Takes one `name=value` or `name="value"` from the front of `rest`.
std::pair<std::string, std::string> take_parameter(std::string_view& rest) {
  const auto equals = rest.find('=');
  std::string name(rest.substr(0, equals));
  rest.remove_prefix(equals == std::string_view::npos ? rest.size() : equals + 1);
  std::string value;
  const bool quoted = rest.starts_with('"');
  if (quoted) rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != (quoted ? '"' : ',')) {
    if (quoted && rest.front() == '\\' && rest.size() > 1) rest.remove_prefix(1);
    value += rest.front();
    rest.remove_prefix(1);
  }
  const auto next = rest.find_first_not_of("\", ");
  rest.remove_prefix(next == std::string_view::npos ? rest.size() : next);
  return {std::move(name), std::move(value)};
}

std::string value_of(const std::map<std::string, std::string>& parameters,
                     const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

/// `nc` is eight hexadecimal digits.
std::optional<std::int64_t> parse_count(const std::string& text) {
  std::int64_t count = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, count, 16);
  if (text.size() != 8 || error != std::errc() || rest != end) return std::nullopt;
  return count;
}

}  // namespace

std::map<std::string, std::string> digest_parameters(std::string_view header) {
  std::map<std::string, std::string> parameters;
  if (!header.starts_with(kScheme)) return parameters;
  header.remove_prefix(kScheme.size());
  while (!header.empty()) parameters.insert(take_parameter(header));
  return parameters;
}

std::string digest_response(const std::map<std::string, std::string>& parameters, HashKind kind,
                            std::string_view method, std::string_view password) {
  const auto value = [&](const char* name) { return value_of(parameters, name); };
  const std::string who =
      hash_hex(kind, value("username") + ':' + value("realm") + ':' + std::string(password));
  const std::string what = hash_hex(kind, std::string(method) + ':' + value("uri"));
  return hash_hex(kind, who + ':' + value("nonce") + ':' + value("nc") + ':' + value("cnonce") +
                            ":auth:" + what);
}

DigestGate::DigestGate(std::vector<ApiKey> keys, std::uint64_t seed)
    : keys_(std::move(keys)), draws_(seed_for(seed, "nonces")) {}

const ApiKey* DigestGate::key(const std::string& public_key) const {
  const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const ApiKey& candidate) {
    return candidate.public_key == public_key;
  });
  return found == keys_.end() ? nullptr : &*found;
}

DigestGate::Verdict DigestGate::check(std::string_view authorization, std::string_view method,
                                      std::string_view target, VirtualTime now) {
  const auto parameters = digest_parameters(authorization);
  const ApiKey* who = key(value_of(parameters, "username"));
  const auto count = parse_count(value_of(parameters, "nc"));
  const std::string algorithm = value_of(parameters, "algorithm");
  if (who == nullptr || !count || value_of(parameters, "uri") != target) return {};
  if (value_of(parameters, "qop") != "auth" || value_of(parameters, "realm") != kRealm) return {};
  if (!algorithm.empty() && algorithm != word_in(kHashWords, who->algorithm)) return {};
  const auto is_right = [&](const std::string& secret) {
    return value_of(parameters, "response") ==
           digest_response(parameters, who->algorithm, method, secret);
  };
  if (!is_right(who->private_key) &&
      std::none_of(who->further_secrets.begin(), who->further_secrets.end(), is_right)) {
    return {};
  }
  return spend(*who, value_of(parameters, "nonce"), *count, now);
}

bool DigestGate::change(const SecretChange& change) {
  const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const ApiKey& candidate) {
    return candidate.name == change.credential;
  });
  if (found == keys_.end()) return false;
  found->private_key = change.secrets.front();
  found->further_secrets.assign(change.secrets.begin() + 1, change.secrets.end());
  return true;
}

DigestGate::Verdict DigestGate::spend(const ApiKey& key, const std::string& nonce,
                                      std::int64_t count, VirtualTime now) {
  const auto found = nonces_.find(nonce);
  if (found == nonces_.end()) return {std::nullopt, true};
  Nonce& known = found->second;
  if (now - known.issued > key.nonce_lifetime || known.uses >= key.nonce_uses) {
    return {std::nullopt, true};
  }
  if (count <= known.last_count) {
    ++replays_;
    return {};
  }
  known.last_count = count;
  ++known.uses;
  return {key.name, false};
}

std::string DigestGate::fresh_nonce(VirtualTime now) {
  std::string bytes;
  for (int i = 0; i < 24; ++i) bytes += static_cast<char>(draws_.below(256));
  std::string nonce = base64(bytes);  // 32 characters, as recorded
  nonces_.emplace(nonce, Nonce{now});
  by_age_.push_back(nonce);
  if (by_age_.size() > kMostNonces) {
    nonces_.erase(by_age_.front());
    by_age_.pop_front();
  }
  return nonce;
}

std::string DigestGate::challenge(std::string_view authorization, bool stale, VirtualTime now) {
  ++challenges_;
  if (stale) ++stale_challenges_;
  const ApiKey* who = key(value_of(digest_parameters(authorization), "username"));
  if (who == nullptr && !keys_.empty()) who = &keys_.front();
  const HashKind kind = who == nullptr ? HashKind::Md5 : who->algorithm;
  return R"(Digest realm=")" + std::string(kRealm) + R"(", domain="", nonce=")" + fresh_nonce(now) +
         R"(", algorithm=)" + std::string(word_in(kHashWords, kind)) + R"(, qop="auth", stale=)" +
         (stale ? "true" : "false");
}

}  // namespace atlas_simulator
