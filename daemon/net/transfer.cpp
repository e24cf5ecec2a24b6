#include "net/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "net/curl_error.h"
#include "net/easy_options.h"
#include "net/transfer_options.h"

namespace restorewatch {
namespace {

constexpr int kUnauthorized = 401;

static_assert(CURL_ERROR_SIZE == 256, "the size of Transfer::words_");

/// A line break in a value, of a token for instance, would begin a header of its own.
bool safe_in_header(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

std::string header_line(const std::string& name, const std::string& value) {
  return name + ": " + value;
}

void apply_login(EasyOptions& options, const HttpLogin& login) {
  const char* user = nullptr;
  const char* password = nullptr;
  unsigned long schemes = CURLAUTH_NONE;
  if (const auto* digest = std::get_if<DigestLogin>(&login)) {
    user = digest->user.c_str();
    password = digest->password.reveal().c_str();
    schemes = CURLAUTH_DIGEST;
  } else if (const auto* basic = std::get_if<BasicLogin>(&login)) {
    user = basic->user.c_str();
    password = basic->password.reveal().c_str();
    schemes = CURLAUTH_BASIC;
  }
  // As two options and not as "user:password", since either may hold a colon.
  options.text(CURLOPT_USERNAME, user)
      .text(CURLOPT_PASSWORD, password)
      .number(CURLOPT_HTTPAUTH, static_cast<long>(schemes));
}

}  // namespace

void Transfer::ListDeleter::operator()(curl_slist* list) const {
  curl_slist_free_all(list);
}

Transfer::Transfer(HttpRequest request, HttpTransport::Done done)
    : request_(std::move(request)), done_(std::move(done)), answer_(request_.max_body_bytes) {}

Status Transfer::prepare(PooledHandle handle, const TransferSettings& settings) {
  handle_ = std::move(handle);
  const auto url_class = classify_url(request_.url);
  if (!url_class) return url_class.error();
  if (Status headers = build_headers(); !headers) return headers;
  answer_ = Answer(request_.max_body_bytes, handle_.body_bytes);
  words_.front() = '\0';
  reused_nonce_ = uses_digest() && handle_.holds_nonce;
  if (!apply(*url_class, settings)) {
    return Error{ErrorKind::Unreachable, "not sent: libcurl refused an option"};
  }
  return Success{};
}

Status Transfer::build_headers() {
  headers_.reset();
  const auto add = [&](const std::string& line) {
    if (!safe_in_header(line)) return false;
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) return false;
    static_cast<void>(headers_.release());  // it is part of `longer` now
    headers_.reset(longer);
    return true;
  };
  bool good = true;
  for (const auto& [name, value] : request_.headers) good = good && add(header_line(name, value));
  if (const auto* bearer = std::get_if<BearerToken>(&request_.login)) {
    good = good && add("Authorization: Bearer " + bearer->token.reveal());
  }
  if (good) return Success{};
  return Error{ErrorKind::Malformed, "not sent: a request header holds a control character"};
}

bool Transfer::apply(UrlClass url_class, const TransferSettings& settings) {
  const bool post = request_.method == HttpMethod::Post;
  const long timeout_ms = time_left().count();
  const std::string& proxy = request_.proxy_url.empty() ? settings.proxy_url : request_.proxy_url;
  EasyOptions options(easy());
  options.text(CURLOPT_URL, request_.url)
      .pointer(CURLOPT_PRIVATE, this)
      .pointer(CURLOPT_HTTPHEADER, headers_.get())
      .pointer(CURLOPT_ERRORBUFFER, words_.data())
      .text(CURLOPT_USERAGENT, settings.user_agent)
      .text(CURLOPT_PROXY, url_class == UrlClass::Https ? proxy.c_str() : "")
      .number(CURLOPT_TIMEOUT_MS, timeout_ms)
      .number(CURLOPT_CONNECTTIMEOUT_MS, timeout_ms)
      .pointer(CURLOPT_POSTFIELDS, post ? request_.body.data() : nullptr)
      .number(CURLOPT_POSTFIELDSIZE, post ? static_cast<long>(request_.body.size()) : -1)
      .number(post ? CURLOPT_POST : CURLOPT_HTTPGET, 1);
  apply_login(options, request_.login);
  return options.all_taken() && apply_fixed_options(easy(), url_class, settings.anchors) &&
         receive_into(easy(), answer_);
}

Result<HttpResponse> Transfer::outcome(int curl_code) {
  curl_off_t took = 0;
  curl_easy_getinfo(easy(), CURLINFO_TOTAL_TIME_T, &took);
  elapsed_ += std::chrono::microseconds(took);
  if (!answer_.refusal().empty()) return Error{ErrorKind::Malformed, answer_.refusal()};
  if (curl_code != CURLE_OK) return error_from_curl(curl_code, words_.data(), request_.timeout);
  long status = 0;
  curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
  HttpResponse response;
  response.status = static_cast<int>(status);
  response.headers = std::move(answer_.headers());
  response.body = std::move(answer_.body());
  handle_.body_bytes = response.body.size();
  response.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed_);
  return response;
}

bool Transfer::try_fresh_login(const Result<HttpResponse>& outcome) {
  const bool refused = outcome.ok() && outcome->status == kUnauthorized;
  if (!refused || !reused_nonce_ || tried_fresh_login_ || elapsed_ >= request_.timeout)
    return false;
  tried_fresh_login_ = true;
  return true;
}

PooledHandle Transfer::take_handle(const Result<HttpResponse>& outcome) {
  const bool answered = outcome.ok() && uses_digest();
  // A refused handle still holds the nonce it was refused with.
  if (answered && outcome->status == kUnauthorized) return {};
  handle_.holds_nonce = handle_.holds_nonce || answered;
  return std::move(handle_);
}

void Transfer::finish(Result<HttpResponse> outcome) {
  std::exchange(done_, nullptr)(std::move(outcome));
}

bool Transfer::uses_digest() const {
  return std::holds_alternative<DigestLogin>(request_.login);
}

/// At least 1 ms, since 0 means "for ever" to libcurl.
std::chrono::milliseconds Transfer::time_left() const {
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed_);
  return std::max(request_.timeout - spent, std::chrono::milliseconds(1));
}

}  // namespace restorewatch
