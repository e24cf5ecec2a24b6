#include "atlas/token_cache.h"

#include <algorithm>
#include <utility>

#include "atlas/api_error.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr seconds kShortestPause{1};
constexpr seconds kLongestPause{300};
constexpr seconds kLeastLead{60};
constexpr std::size_t kMaxTokenAnswer = 64U << 10U;

/// The same in every process for the same name (FNV-1a), so that the credentials of one daemon,
/// and only they, spread out.
std::uint32_t hash_of(std::string_view name) {
  std::uint32_t hash = 2'166'136'261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
  return hash;
}

/// How long before its end a token is renewed: a tenth of its life but a minute at least, plus up
/// to a twentieth by name. Never more than half of a short life.
std::chrono::milliseconds renewal_lead(std::chrono::milliseconds life, std::string_view name) {
  const auto lead = std::max<std::chrono::milliseconds>(life / 10, kLeastLead);
  const auto jitter = life / 20 * (hash_of(name) % 1000) / 1000;
  return std::min(lead + jitter, life / 2);
}

seconds pause_after(int failures) {
  constexpr int kEnoughDoublings = 9;
  return std::min(kShortestPause * (1 << std::min(failures - 1, kEnoughDoublings)), kLongestPause);
}

}  // namespace

TokenCache::TokenCache(Options options, Deps deps)
    : options_(std::move(options)),
      deps_(std::move(deps)),
      secret_(options_.credential, options_.account.client_secret, deps_.log) {}

/// A pause because the secret was refused has lost its reason.
void TokenCache::offer(const Secret& secret) {
  secret_.offer(secret);
  if (secret_.first_choice(deps_.clock.steady_now()) != secret) return;
  if (last_error_.kind == ErrorKind::Unauthorized) paused_until_ = asked_until_;
}

void TokenCache::get(Done done) {
  const SteadyTime now = deps_.clock.steady_now();
  const bool paused = now < paused_until_;
  if (usable(now)) {
    if (now >= renew_at_ && !minting_ && !paused) mint();
    return done(*token_);
  }
  if (minting_ || !paused) {
    waiting_.push_back(std::move(done));
    if (!minting_) mint();
    return;
  }
  deps_.loop.post([done = std::move(done), error = why_not(now)] { done(error); });
}

bool TokenCache::usable(SteadyTime now) const {
  return token_.has_value() && now < expires_at_;
}

void TokenCache::accepted(std::uint64_t number) {
  if (!token_ || token_->number != number) return;
  // Only once for each token: an old one that still works says nothing about renewals that fail.
  if (!std::exchange(token_accepted_, true)) failures_ = 0;
}

bool TokenCache::refused(std::uint64_t number) {
  if (!token_ || token_->number != number) return true;
  token_.reset();
  if (std::exchange(token_accepted_, false)) return true;
  note_failure(Error{ErrorKind::Unauthorized, "the API does not accept a fresh access token"});
  return false;
}

void TokenCache::mint() {
  minting_ = true;
  tried_.clear();
  mint_with(secret_.first_choice(deps_.clock.steady_now()));
}

void TokenCache::mint_with(const Secret& secret) {
  tried_.push_back(secret);
  deps_.transport.start(token_request(tried_.back()),
                        [this](const Result<HttpResponse>& answer) { minted(answer); });
}

/// The one place that makes a POST.
HttpRequest TokenCache::token_request(const Secret& secret) const {
  HttpRequest request;
  request.method = HttpMethod::Post;
  request.url = options_.base_url + std::string(kPath);
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Accept", "application/json"}};
  request.body = "grant_type=client_credentials";
  request.login = BasicLogin{options_.account.client_id, secret};
  request.session = options_.credential;
  request.timeout = options_.timeout;
  request.max_body_bytes = kMaxTokenAnswer;
  return request;
}

Result<TokenAnswer> TokenCache::read(const Result<HttpResponse>& answer) {
  if (!answer) {
    deps_.metrics.failed(kPath, label(answer.error().kind));
    return answer.error();
  }
  deps_.metrics.answered(kPath, answer->status, answer->elapsed);
  if (answer->status == 200) return decode_token_answer(answer->body);
  return read_api_error(*answer, deps_.clock.wall_now()).error;
}

void TokenCache::minted(const Result<HttpResponse>& answer) {
  Result<TokenAnswer> token = read(answer);
  deps_.metrics.token_refreshed(options_.credential, token ? "ok" : label(token.error().kind));
  if (!token && token.error().kind == ErrorKind::Unauthorized) {
    secret_.refused(tried_.back(), deps_.clock.steady_now());
    if (const auto other = secret_.other_than(tried_)) return mint_with(*other);
  }
  minting_ = false;
  if (token) {
    secret_.accepted(tried_.back());
    keep(std::move(*token));
    answer_waiting(*token_);
  } else {
    note_failure(token.error());
    answer_waiting(why_not(deps_.clock.steady_now()));
  }
}

void TokenCache::keep(TokenAnswer answer) {
  const SteadyTime now = deps_.clock.steady_now();
  const std::chrono::milliseconds life = answer.life;
  token_ = Token{std::move(answer.token), ++made_};
  token_accepted_ = false;
  expires_at_ = now + life;
  renew_at_ = expires_at_ - renewal_lead(life, options_.credential);
}

void TokenCache::note_failure(const Error& error) {
  ++failures_;
  last_error_ = error;
  last_error_.detail = "access token: " + error.detail;
  const SteadyTime now = deps_.clock.steady_now();
  asked_until_ = std::max(asked_until_, now + error.retry_after.value_or(seconds(0)));
  paused_until_ = std::max(now + pause_after(failures_), asked_until_);
  if (error.kind == ErrorKind::Unauthorized)
    deps_.metrics.credential_up(options_.credential, false);
  deps_.log.warn("no access token",
                 {{"credential", options_.credential},
                  {"reason", label(error.kind)},
                  {"detail", error.detail},
                  {"pause_s", std::chrono::ceil<seconds>(paused_until_ - now).count()}});
}

Error TokenCache::why_not(SteadyTime now) const {
  Error error = last_error_;
  const bool asked = error.retry_after || asked_until_ > now;
  if (asked) error.retry_after = std::chrono::ceil<seconds>(paused_until_ - now);
  return error;
}

void TokenCache::answer_waiting(const Result<Token>& result) {
  // What is called may ask again.
  for (const Done& done : std::exchange(waiting_, {})) done(result);
}

}  // namespace restorewatch
