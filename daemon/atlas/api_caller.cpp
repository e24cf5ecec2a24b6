#include "atlas/api_caller.h"

#include <optional>
#include <utility>
#include <variant>

#include "atlas/api_error.h"
#include "atlas/bucket_news.h"
#include "atlas/page.h"
#include "base/http_date.h"

namespace restorewatch {
namespace {

/// A page of 500 jobs has 0.4 MB, with components of many shards a few.
constexpr std::size_t kMaxBody = 16U << 20U;

/// Errors that a server gives only after it has taken the login. A gateway may send the others.
bool proves_login(ErrorKind kind) {
  return kind == ErrorKind::Forbidden || kind == ErrorKind::NotFound || kind == ErrorKind::Gone;
}

}  // namespace

struct ApiCaller::Call {
  ApiRequest request;
  Done done;
  std::shared_ptr<Account> account;
  bool retried = false;
  std::vector<Secret> tried_keys{};
};

ApiCaller::ApiCaller(const AtlasOptions& options, TokenCache::Deps deps, CallBudget& budget)
    : timeout_(options.request_timeout),
      deps_(deps),
      transport_({deps.transport, deps.loop, deps.clock, budget}),
      accounts_(options, deps),
      clock_offset_(deps.clock, deps.metrics, deps.log) {}

void ApiCaller::reconfigure(const AtlasOptions& options) {
  timeout_ = options.request_timeout;
  accounts_.reconfigure(options);
}

void ApiCaller::get(ApiRequest request, Done done) {
  auto account = accounts_.find(request.credential);
  if (!account) {
    const Error error{ErrorKind::Other, "no credential is named " + request.credential};
    return deps_.loop.post([error, done = std::move(done)] { done(ApiAnswer{error}); });
  }
  if (request.bucket.scope.empty()) request.bucket.scope = request.credential;
  log_in_and_send(
      std::make_shared<Call>(Call{std::move(request), std::move(done), std::move(account)}));
}

void ApiCaller::log_in_and_send(CallPtr call) {
  Account& account = *call->account;
  if (!account.tokens) {
    return send_with_key(std::move(call), account.key->first_choice(deps_.clock.steady_now()));
  }
  account.tokens->get([this, call](const Result<TokenCache::Token>& token) {
    if (!token) return call->done(ApiAnswer{token.error()});
    send(call, BearerToken{token->text}, token->number);
  });
}

void ApiCaller::send_with_key(CallPtr call, const Secret& secret) {
  call->tried_keys.push_back(secret);
  DigestLogin login{call->account->id, secret};
  send(call, std::move(login), 0);
}

/// The budget is asked last: a login that takes long must not gather calls whose time has passed.
void ApiCaller::send(const CallPtr& call, HttpLogin login, std::uint64_t token_number) {
  HttpRequest request = http_request(call->request, std::move(login));
  const CallBucket& bucket = call->request.bucket;
  transport_.start(bucket, std::move(request),
                   [this, call, token_number](PacedTransport::Outcome outcome) {
                     ended(call, std::move(outcome), token_number);
                   });
}

void ApiCaller::ended(const CallPtr& call, PacedTransport::Outcome outcome,
                      std::uint64_t token_number) {
  if (outcome.response) {
    return answered(call, std::move(*outcome.response), *outcome.sent, token_number);
  }
  const Error& error = outcome.response.error();
  if (outcome.sent) deps_.metrics.failed(call->request.path_template, label(error.kind));
  call->done(ApiAnswer{error});
}

/// The one place that asks the API for anything, and it can only GET.
HttpRequest ApiCaller::http_request(const ApiRequest& request, HttpLogin login) const {
  HttpRequest http;
  http.method = HttpMethod::Get;
  http.url = request.url;
  http.headers = {{"Accept", std::string(request.accept)}};
  http.login = std::move(login);
  http.session = request.credential;
  http.timeout = timeout_;
  http.max_body_bytes = kMaxBody;
  return http;
}

void ApiCaller::answered(const CallPtr& call, HttpResponse response, SteadyTime sent,
                         std::uint64_t token_number) {
  // An envelope says within a 200 what came of it.
  const bool was_read = response.status == 200;
  if (was_read) response.status = call->request.read(response.body);
  deps_.metrics.answered(call->request.path_template, response.status, response.elapsed);
  note_headers(call->request, response);
  const bool has_no_content = is_success(response.status) && !was_read;
  if (is_success(response.status) && was_read) {
    note_bucket(call->request, sent, bucket_news(response, nullptr));
    note_login_taken(*call, token_number);
    deps_.metrics.credential_up(call->request.credential, true);
    // Only such an answer is Atlas's for sure: an error may be that of a proxy with its own clock.
    return call->done(ApiAnswer{{}, response.status, {}, clock_offset_.heard(response)});
  }
  ApiError failure = read_api_error(response, deps_.clock.wall_now(), call->request.role);
  note_bucket(call->request, sent, bucket_news(response, &failure));
  if (has_no_content) failure.error.kind = ErrorKind::Malformed;  // 204 is no empty list
  if (proves_login(failure.error.kind)) note_login_taken(*call, token_number);
  if (wants_new_token(*call, failure.error.kind, token_number)) return log_in_and_send(call);
  if (failure.error.kind == ErrorKind::Unauthorized) {
    if (tries_another_key(call)) return;
    deps_.metrics.credential_up(call->request.credential, false);
  }
  call->done(ApiAnswer{std::move(failure.error), response.status, std::move(failure.code)});
}

void ApiCaller::note_login_taken(const Call& call, std::uint64_t token_number) {
  if (call.account->tokens) return call.account->tokens->accepted(token_number);
  call.account->key->accepted(call.tried_keys.back());
}

/// Each once for a call: of an API key whose private half is being changed there are two.
bool ApiCaller::tries_another_key(const CallPtr& call) {
  if (!call->account->key) return false;
  call->account->key->refused(call->tried_keys.back(), deps_.clock.steady_now());
  const auto other = call->account->key->other_than(call->tried_keys);
  if (other) send_with_key(call, *other);
  return other.has_value();
}

/// Once for each call. (A refused digest login was tried afresh by the transport already.)
bool ApiCaller::wants_new_token(Call& call, ErrorKind kind, std::uint64_t token_number) {
  if (kind != ErrorKind::Unauthorized || !call.account->tokens) return false;
  return call.account->tokens->refused(token_number) && !std::exchange(call.retried, true);
}

void ApiCaller::note_bucket(const ApiRequest& request, SteadyTime sent, const BucketNews& news) {
  const std::string_view set = request.bucket.endpoint_set;
  if (news.capacity) deps_.metrics.rate_limit(request.project_id, set, *news.capacity);
  if (news.remaining) deps_.metrics.rate_remaining(request.project_id, set, *news.remaining);
  transport_.answered(request.bucket, sent, news);
}

void ApiCaller::note_headers(const ApiRequest& request, const HttpResponse& response) {
  if (response.headers.contains("deprecation") &&
      deprecated_.insert(request.path_template).second) {
    deps_.log.warn("Atlas calls this API version deprecated",
                   {{"endpoint", request.path_template}});
  }
  const auto sunset = response.headers.find("sunset");
  if (sunset != response.headers.end()) note_sunset(request, sunset->second);
}

/// Tells what is new: the first date of an endpoint, and later only one that is a day or more
/// nearer than any told before. Answers that disagree must not fill the log.
void ApiCaller::note_sunset(const ApiRequest& request, const std::string& date) {
  const auto when = parse_http_date(date);
  if (!when) return;
  deps_.metrics.version_sunset(request.path_template, *when);
  const auto [said, is_new] = sunsets_.try_emplace(request.path_template, *when);
  if (!is_new && *when > said->second - std::chrono::days(1)) return;
  said->second = *when;
  deps_.log.warn("Atlas has set an end to this API version",
                 {{"endpoint", request.path_template}, {"at", format_time(*when)}});
}

}  // namespace restorewatch
