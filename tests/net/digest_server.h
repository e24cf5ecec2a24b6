#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "net/raw_server.h"

namespace restorewatch {

/// A server that wants HTTP digest logins (RFC 7616, qop=auth) and checks every part of them:
/// hash, uri, and a counter that starts at 1 and rises.
class DigestServer {
 public:
  struct Options {
    std::string algorithm = "MD5";  // or "SHA-256"
    std::string user = "public";
    std::string password = "private:with:colons";
    int uses_of_a_nonce = 1'000'000;  // then it is refused as stale
  };

  explicit DigestServer(Options options);

  /// Refuses all nonces given out so far, without calling them stale.
  void forget_nonces();

  /// Refuses every login from now on, as after a revoked key.
  void refuse_everything() { refuse_ = true; }

  std::string url(const std::string& path = "/jobs?pageNum=1") const { return server_.url(path); }
  int challenges() const { return challenges_; }
  int accepted() const { return accepted_; }
  const RawServer& raw() const { return server_; }

 private:
  void answer(const ReceivedRequest& request, ServerSocket& socket);
  std::string challenge(bool stale);
  std::string expected_response(const std::map<std::string, std::string>& fields,
                                const std::string& method) const;
  std::string hash(const std::string& text) const;

  Options options_;
  std::atomic<bool> refuse_{false};
  std::atomic<int> challenges_{0};
  std::atomic<int> accepted_{0};
  std::mutex mutex_;                   // guards the two below
  std::map<std::string, int> nonces_;  // and how often each was used
  int made_ = 0;
  RawServer server_;
};

}  // namespace restorewatch
