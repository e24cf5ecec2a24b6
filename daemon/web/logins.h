#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/secret.h"
#include "base/sha256.h"
#include "base/telemetry.h"
#include "web/access.h"
#include "web/basic_credentials.h"
#include "web/token_bucket.h"

namespace restorewatch {

/// Tells users from strangers by bcrypt, which takes 50 ms or more each time, on purpose. So a
/// pair of name and password that was right is known again by a keyed digest, at no cost, and
/// the others are hashed one after the other, on one thread. A flood of wrong ones finds the queue
/// full and their share of that thread used up; who is known already is not held up by it. A name
/// that nobody has takes as long as one that somebody has. Thread-safe.
class Logins {
 public:
  using Users = std::map<std::string, std::string>;  // name and hash
  using Matches = std::function<bool(const std::string& hash, const std::string& password)>;
  using Then = std::function<void(Admission)>;

  static constexpr std::size_t kMaxWaiting = 16;
  /// How long the thread may work for wrong passwords: a tenth of the time, and a while at once.
  static constexpr std::chrono::seconds kWrongAtOnce{2};
  static constexpr double kWrongShare = 0.1;

  /// All must outlive it. `matches`: bcrypt_matches().
  struct Deps {
    const Clock& clock;
    Telemetry& telemetry;
    Matches matches;
  };

  explicit Logins(Deps deps);

  /// These, in place of those before. Whose hash is another one is known no more.
  void set_users(Users users);

  /// Without users everybody comes in.
  bool empty() const;

  /// Calls `then` once: here where the answer is known, else on the thread in run(). Busy: there is
  /// no time now for one who is not known yet.
  void admit(std::string_view authorization, Then then);

  /// Hashes until it is asked to stop; who waits then, and who comes later, is Busy.
  void run(std::stop_token stop);

 private:
  struct User {
    std::string hash;
    std::optional<Digest> known;  // of the password that was right last
  };
  struct Waiting {
    BasicCredentials credentials;
    Then then;
  };

  Digest keyed(std::string_view text) const;
  std::optional<Admission> known_answer(const BasicCredentials& credentials);
  std::optional<Waiting> next(std::stop_token stop);
  Admission decide(const BasicCredentials& credentials);
  void give_up();

  Deps deps_;
  const Secret key_;  // of the digests; made anew in each process
  prometheus::Family<prometheus::Counter>& hashed_;
  prometheus::Counter& accepted_;
  prometheus::Counter& refused_;
  prometheus::Counter& put_off_;

  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable_any woken_;
  std::map<Digest, User> users_;  // by the digest of the name: comparing tells nothing of it
  std::string nobodys_hash_;      // is hashed against where there is no such user
  std::uint64_t generation_ = 0;  // of users_
  std::deque<Waiting> waiting_;
  TokenBucket for_wrong_;
  bool ended_ = false;
};

}  // namespace restorewatch
