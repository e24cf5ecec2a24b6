#include "web/logins.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "base/bcrypt_hash.h"

namespace restorewatch {
namespace {

Secret random_key() {
  std::array<unsigned char, 32> bytes{};
  // It fails only where the system has no randomness, and then there is no TLS either.
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::bad_alloc();
  return Secret(std::string(bytes.begin(), bytes.end()));
}

/// Of no password that anybody knows, and as dear as the dearest of theirs.
std::string hash_of_nobody(const Logins::Users& users) {
  int cost = 4;
  for (const auto& [name, hash] : users) cost = std::max(cost, bcrypt_cost(hash).value_or(cost));
  return fmt::format("$2b${:02}${:.>53}", cost, "");
}

bool same(const Digest& a, const Digest& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

Logins::Logins(Deps deps)
    : deps_(std::move(deps)),
      key_(random_key()),
      hashed_(deps_.telemetry.counter(
          "restorewatch_http_logins_total",
          "Names and passwords that were hashed (accepted, refused), or put off because too many "
          "were waiting or wrong; who is known already is not counted.")),
      accepted_(hashed_.Add({{"result", "accepted"}})),
      refused_(hashed_.Add({{"result", "refused"}})),
      put_off_(hashed_.Add({{"result", "put_off"}})),
      for_wrong_(kWrongAtOnce, kWrongShare, deps_.clock.steady_now()) {}

Digest Logins::keyed(std::string_view text) const {
  return hmac_sha256(key_, text);
}

void Logins::set_users(Users users) {
  const std::lock_guard lock(mutex_);
  const auto before = std::exchange(users_, {});
  for (const auto& [name, hash] : users) {
    const Digest digest = keyed(name);
    const auto same_name = before.find(digest);
    const bool stays = same_name != before.end() && same_name->second.hash == hash;
    users_.emplace(digest, stays ? same_name->second : User{hash, std::nullopt});
  }
  nobodys_hash_ = hash_of_nobody(users);
  ++generation_;
}

bool Logins::empty() const {
  const std::lock_guard lock(mutex_);
  return users_.empty();
}

void Logins::admit(std::string_view authorization, Then then) {
  std::optional<BasicCredentials> credentials = parse_basic(authorization);
  if (!credentials) return then(empty() ? Admission::Admitted : Admission::Unauthorized);
  std::unique_lock lock(mutex_);
  std::optional<Admission> answer = known_answer(*credentials);
  if (!answer &&
      (ended_ || waiting_.size() >= kMaxWaiting || for_wrong_.is_empty(deps_.clock.steady_now()))) {
    put_off_.Increment();
    answer = Admission::Busy;
  }
  if (answer) {
    lock.unlock();
    return then(*answer);
  }
  waiting_.push_back({*std::move(credentials), std::move(then)});
  woken_.notify_one();
}

/// With the mutex held. Absent: it must be hashed.
std::optional<Admission> Logins::known_answer(const BasicCredentials& credentials) {
  if (users_.empty()) return Admission::Admitted;
  const Digest digest = keyed(credentials.password);
  const auto user = users_.find(keyed(credentials.user));
  if (user == users_.end() || !user->second.known) return std::nullopt;
  if (!same(*user->second.known, digest)) return std::nullopt;
  return Admission::Admitted;
}

std::optional<Logins::Waiting> Logins::next(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  if (!woken_.wait(lock, std::move(stop), [this] { return !waiting_.empty(); })) {
    return std::nullopt;
  }
  Waiting first = std::move(waiting_.front());
  waiting_.pop_front();
  return first;
}

void Logins::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::optional<Waiting> waiting = next(stop);
    if (!waiting) break;
    waiting->then(stop.stop_requested() ? Admission::Busy : decide(waiting->credentials));
  }
  give_up();
}

Admission Logins::decide(const BasicCredentials& credentials) {
  const Digest name = keyed(credentials.user);
  std::unique_lock lock(mutex_);
  while (true) {  // until the users stay the same while their password is hashed
    if (const auto known = known_answer(credentials)) return *known;  // by another who waited
    if (for_wrong_.is_empty(deps_.clock.steady_now())) {
      put_off_.Increment();
      return Admission::Busy;
    }
    const auto user = users_.find(name);
    const std::string hash = user == users_.end() ? nobodys_hash_ : user->second.hash;
    const std::uint64_t generation = generation_;
    lock.unlock();
    const SteadyTime begun = deps_.clock.steady_now();
    const bool matches = deps_.matches(hash, credentials.password);
    const SteadyTime ended = deps_.clock.steady_now();
    lock.lock();
    if (generation != generation_) continue;
    if (user != users_.end() && matches) {
      user->second.known = keyed(credentials.password);
      accepted_.Increment();
      return Admission::Admitted;
    }
    for_wrong_.owe(ended - begun, ended);
    refused_.Increment();
    return Admission::Unauthorized;
  }
}

void Logins::give_up() {
  std::deque<Waiting> left;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    left.swap(waiting_);
  }
  for (Waiting& waiting : left) waiting.then(Admission::Busy);
}

}  // namespace restorewatch
