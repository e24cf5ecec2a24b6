#include "atlas/api_caller.h"

#include <charconv>
#include <optional>
#include <utility>
#include <variant>

#include "atlas/api_error.h"
#include "atlas/http_date.h"
#include "atlas/page.h"

namespace restorewatch {
namespace {

/// A page of 500 jobs has 0.4 MB, with components of many shards a few.
constexpr std::size_t kMaxBody = 16U << 20U;

std::optional<double> number_in(const HttpResponse& response, std::string_view header) {
  const auto found = response.headers.find(header);
  if (found == response.headers.end()) return std::nullopt;
  const std::string& text = found->second;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Errors that a server gives only after it has taken the login. A gateway may send the others.
bool proves_login(ErrorKind kind) {
  return kind == ErrorKind::Forbidden || kind == ErrorKind::NotFound || kind == ErrorKind::Gone;
}

}  // namespace

struct ApiCaller::Call {
  ApiRequest request;
  Done done;
  Account* account;
  bool retried = false;
};

ApiCaller::ApiCaller(const AtlasOptions& options, TokenCache::Deps deps)
    : timeout_(options.request_timeout), deps_(std::move(deps)) {
  for (const Credential& credential : options.credentials) {
    Account account;
    if (const auto* service = std::get_if<ServiceAccount>(&credential.login)) {
      account.tokens = std::make_unique<TokenCache>(
          TokenCache::Options{credential.name, options.base_url, *service, timeout_}, deps_);
    } else {
      account.key = std::get<ApiKey>(credential.login);
    }
    accounts_.emplace(credential.name, std::move(account));
  }
}

void ApiCaller::get(ApiRequest request, Done done) {
  const auto account = accounts_.find(request.credential);
  if (account == accounts_.end()) {
    const Error error{ErrorKind::Other, "no credential is named " + request.credential};
    return deps_.loop.post([error, done = std::move(done)] { done(ApiAnswer{error}); });
  }
  log_in_and_send(
      std::make_shared<Call>(Call{std::move(request), std::move(done), &account->second, false}));
}

void ApiCaller::log_in_and_send(CallPtr call) {
  const Account& account = *call->account;
  if (!account.tokens) {
    return send(std::move(call), DigestLogin{account.key.public_key, account.key.private_key}, 0);
  }
  account.tokens->get([this, call](const Result<TokenCache::Token>& token) {
    if (!token) return call->done(ApiAnswer{token.error()});
    send(call, BearerToken{token->text}, token->number);
  });
}

void ApiCaller::send(CallPtr call, HttpLogin login, std::uint64_t token_number) {
  HttpRequest request = http_request(call->request, std::move(login));
  deps_.transport.start(std::move(request), [this, call = std::move(call),
                                             token_number](Result<HttpResponse> response) {
    if (response) return answered(call, std::move(*response), token_number);
    deps_.metrics.failed(call->request.path_template, label(response.error().kind));
    call->done(ApiAnswer{response.error()});
  });
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

void ApiCaller::answered(const CallPtr& call, HttpResponse response, std::uint64_t token_number) {
  // An envelope says within a 200 what came of it.
  const bool was_read = response.status == 200;
  if (was_read) response.status = call->request.read(response.body);
  deps_.metrics.answered(call->request.path_template, response.status, response.elapsed);
  note_headers(call->request, response);
  const bool has_no_content = is_success(response.status) && !was_read;
  if (is_success(response.status) && was_read) {
    if (call->account->tokens) call->account->tokens->accepted(token_number);
    deps_.metrics.credential_up(call->request.credential, true);
    return call->done(ApiAnswer{{}, response.status});
  }
  ApiError failure = read_api_error(response, deps_.clock.wall_now(), call->request.role);
  if (has_no_content) failure.error.kind = ErrorKind::Malformed;  // 204 is no empty list
  if (call->account->tokens) {
    if (proves_login(failure.error.kind)) call->account->tokens->accepted(token_number);
    if (wants_new_token(*call, failure.error.kind, token_number)) return log_in_and_send(call);
  }
  if (failure.error.kind == ErrorKind::Unauthorized) {
    deps_.metrics.credential_up(call->request.credential, false);
  }
  call->done(ApiAnswer{std::move(failure.error), response.status, std::move(failure.code)});
}

/// Once for each call. (A refused digest login was tried afresh by the transport already.)
bool ApiCaller::wants_new_token(Call& call, ErrorKind kind, std::uint64_t token_number) {
  if (kind != ErrorKind::Unauthorized) return false;
  return call.account->tokens->refused(token_number) && !std::exchange(call.retried, true);
}

void ApiCaller::note_headers(const ApiRequest& request, const HttpResponse& response) {
  if (const auto limit = number_in(response, "ratelimit-limit")) {
    deps_.metrics.rate_limit(request.project_id, request.endpoint_set, *limit);
  }
  if (const auto remaining = number_in(response, "ratelimit-remaining")) {
    deps_.metrics.rate_remaining(request.project_id, request.endpoint_set, *remaining);
  }
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
