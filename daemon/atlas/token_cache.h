#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "atlas/api_metrics.h"
#include "atlas/atlas_options.h"
#include "atlas/rotating_secret.h"
#include "atlas/token_answer.h"
#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"
#include "base/loop.h"

namespace restorewatch {

/// The access token of one service account, shared by all its requests. Atlas allows 100 live
/// tokens an account and few token requests a minute, and being over either locks the account out
/// for up to an hour. So: one request for a token at a time, renewed before it lapses, and after a
/// failure a pause that doubles (1 s to 5 min, or Retry-After, which nothing cuts short). A token
/// that the API refuses although it is fresh counts as a failure too. On the loop's thread only.
class TokenCache {
 public:
  struct Options {
    std::string credential;  // its name
    std::string base_url;
    ServiceAccount account;
    std::chrono::milliseconds timeout;
  };
  /// All must outlive the cache.
  struct Deps {
    HttpTransport& transport;
    Loop& loop;
    const Clock& clock;
    ApiMetrics& metrics;
    Log log;
  };
  struct Token {
    Secret text;
    std::uint64_t number = 0;  // to speak about it later
  };
  using Done = std::function<void(Result<Token>)>;

  static constexpr std::string_view kPath = "/api/oauth/token";

  TokenCache(Options options, Deps deps);

  /// The account's secret may be this one now. A token that was made with another goes on.
  void offer(const Secret& secret);

  void set_timeout(std::chrono::milliseconds timeout) { options_.timeout = timeout; }

  /// A request is under way; the cache must outlive it.
  bool is_minting() const { return minting_; }

  /// Gives the token at once where there is a good one. Otherwise later: a fresh one, or why there
  /// is none; during a pause the error of the last attempt.
  void get(Done done);

  /// The API took this token.
  void accepted(std::uint64_t number);

  /// The API refused this token. True: asking again with get() makes sense. A token that has been
  /// replaced meanwhile changes nothing.
  bool refused(std::uint64_t number);

 private:
  bool usable(SteadyTime now) const;
  void mint();
  void mint_with(const Secret& secret);
  HttpRequest token_request(const Secret& secret) const;
  void minted(const Result<HttpResponse>& answer);
  Result<TokenAnswer> read(const Result<HttpResponse>& answer);
  void keep(TokenAnswer answer);
  void note_failure(const Error& error);
  Error why_not(SteadyTime now) const;
  void answer_waiting(const Result<Token>& result);

  Options options_;
  Deps deps_;
  std::optional<Token> token_;
  bool token_accepted_ = false;
  SteadyTime renew_at_;
  SteadyTime expires_at_;
  std::uint64_t made_ = 0;
  bool minting_ = false;
  RotatingSecret secret_;
  std::vector<Secret> tried_;  // for what is being minted
  std::vector<Done> waiting_;  // for what is being minted
  int failures_ = 0;           // in a row, since the API took a token last
  SteadyTime paused_until_;
  SteadyTime asked_until_;  // of that, what Atlas asked for
  Error last_error_;
};

}  // namespace restorewatch
