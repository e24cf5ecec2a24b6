#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/draws.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

/// The server's side of HTTP digest authentication (RFC 7616, qop=auth only). Not thread-safe.
class DigestGate {
 public:
  struct Verdict {
    std::optional<std::string> credential;  // the name of the API key, if the request is let in
    bool stale = false;                     // right but for the age of its nonce
  };

  DigestGate(std::vector<ApiKey> keys, std::uint64_t seed);

  /// Judges an `Authorization: Digest ...` header. `target` is the request target with its query:
  /// the header must cover exactly that. An accepted header uses up one count of its nonce.
  Verdict check(std::string_view authorization, std::string_view method, std::string_view target,
                VirtualTime now);

  /// False: there is no such key. Nonces go on.
  bool change(const SecretChange& change);

  /// A `WWW-Authenticate` value with a fresh nonce, as Atlas writes it. One challenge names one
  /// algorithm: that of the key the client named, else of the first key.
  std::string challenge(std::string_view authorization, bool stale, VirtualTime now);

  std::int64_t challenges() const { return challenges_; }
  std::int64_t stale_challenges() const { return stale_challenges_; }
  std::int64_t replays() const { return replays_; }  // counts that did not rise

 private:
  struct Nonce {
    VirtualTime issued;
    std::int64_t last_count = 0;  // so that counting has to start at 1, as Atlas demands
    std::int64_t uses = 0;
  };

  const ApiKey* key(const std::string& public_key) const;
  std::string fresh_nonce(VirtualTime now);
  Verdict spend(const ApiKey& key, const std::string& nonce, std::int64_t count, VirtualTime now);

  std::vector<ApiKey> keys_;
  Draws draws_;
  std::map<std::string, Nonce, std::less<>> nonces_;
  std::deque<std::string> by_age_;  // the nonces, oldest first
  std::int64_t challenges_ = 0, stale_challenges_ = 0, replays_ = 0;
};

/// The parameters of an `Authorization` or `WWW-Authenticate` header of scheme Digest, unquoted.
/// Empty if it is no such header.
std::map<std::string, std::string> digest_parameters(std::string_view header);

/// The `response` a client must send for these parameters (username, realm, nonce, uri, nc,
/// cnonce), computed by RFC 7616 for qop=auth.
std::string digest_response(const std::map<std::string, std::string>& parameters, HashKind kind,
                            std::string_view method, std::string_view password);

}  // namespace atlas_simulator
