#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "atlas/accounts.h"
#include "atlas/api_metrics.h"
#include "atlas/atlas_options.h"
#include "atlas/clock_offset.h"
#include "atlas/paced_transport.h"
#include "atlas/token_cache.h"
#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"
#include "base/loop.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// One call of the API. The views must live as long as the program: they come from the table of
/// endpoints.
struct ApiRequest {
  std::string credential;  // its name
  std::string url;
  std::string_view path_template;
  std::string_view accept;
  CallBucket bucket;      // that it is counted in; without a scope: the credential's own
  std::string_view role;  // what the credential needs, for people; may be empty
  std::string project_id;
  /// Reads the body of a 200. Gives the status that its envelope says, kNoEnvelope without one: if
  /// that is no success it counts as the answer's, and what was read as nothing.
  std::function<int(std::string& body)> read;
};

struct ApiAnswer {
  std::optional<Error> error{};         // absent: the answer has been read
  int status = 0;                       // 0: there was no answer
  std::string error_code{};             // Atlas's, where the error came from an answer that had one
  std::optional<WallTime> served_at{};  // by Atlas's clock, of an answer that has been read
};

/// Makes GET calls in the name of a credential, when the budget lets them: logs in, renews a token
/// that is refused, counts, and turns answers other than 200 into errors. On the loop's thread
/// only.
class ApiCaller {
 public:
  using Done = std::function<void(ApiAnswer)>;

  /// `budget` must outlive the caller. Requests for tokens are in no bucket of it: TokenCache keeps
  /// them few.
  ApiCaller(const AtlasOptions& options, TokenCache::Deps deps, CallBudget& budget);

  /// The credentials and the time-out are others from now on; base_url stays.
  void reconfigure(const AtlasOptions& options);

  /// The credential's file has this secret now.
  void offer(std::string_view credential, const Secret& secret) {
    accounts_.offer(credential, secret);
  }

  /// `done` is called once, later. An unknown credential is an error of kind Other. While Atlas
  /// wants the bucket to be left alone nothing is sent: that is Throttled.
  void get(ApiRequest request, Done done);

  /// How far Atlas's clock is ahead of ours; absent until an answer has told.
  std::optional<std::chrono::milliseconds> clock_offset() const { return clock_offset_.get(); }

 private:
  struct Call;
  using CallPtr = std::shared_ptr<Call>;

  void log_in_and_send(CallPtr call);
  void send_with_key(CallPtr call, const Secret& secret);
  void send(const CallPtr& call, HttpLogin login, std::uint64_t token_number);
  HttpRequest http_request(const ApiRequest& request, HttpLogin login) const;
  void ended(const CallPtr& call, PacedTransport::Outcome outcome, std::uint64_t token_number);
  void answered(const CallPtr& call, HttpResponse response, SteadyTime sent,
                std::uint64_t token_number);
  void note_bucket(const ApiRequest& request, SteadyTime sent, const BucketNews& news);
  static void note_login_taken(const Call& call, std::uint64_t token_number);
  bool tries_another_key(const CallPtr& call);
  static bool wants_new_token(Call& call, ErrorKind kind, std::uint64_t token_number);
  void note_headers(const ApiRequest& request, const HttpResponse& response);
  void note_sunset(const ApiRequest& request, const std::string& date);

  std::chrono::milliseconds timeout_;
  TokenCache::Deps deps_;
  PacedTransport transport_;
  Accounts accounts_;
  ClockOffset clock_offset_;
  std::map<std::string_view, WallTime> sunsets_;  // said already, by path template
  std::set<std::string_view> deprecated_;         // endpoints, told once
};

}  // namespace restorewatch
