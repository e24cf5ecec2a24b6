#include "net/curl_error.h"

#include <curl/curl.h>

#include <string>

namespace restorewatch {
namespace {

constexpr std::size_t kMaxWords = 200;

/// Parts of it come from the peer: a certificate's names, for one.
std::string printable(std::string_view words) {
  std::string text(words.substr(0, kMaxWords));
  for (char& c : text) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text;
}

std::string reason(CURLcode code, std::string_view words) {
  return printable(words.empty() ? curl_easy_strerror(code) : words);
}

}  // namespace

Error error_from_curl(int code_number, std::string_view words, std::chrono::milliseconds timeout) {
  const auto code = static_cast<CURLcode>(code_number);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return Error{ErrorKind::Timeout,
                   "no complete answer within " + std::to_string(timeout.count()) + " ms"};
    case CURLE_PEER_FAILED_VERIFICATION:
      return Error{ErrorKind::Unreachable,
                   "TLS: the server's certificate is not trusted: " + reason(code, words)};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
      return Error{ErrorKind::Unreachable, "TLS: " + reason(code, words)};
    case CURLE_COULDNT_RESOLVE_PROXY:  // libcurl may quote the proxy's URL with its login here
      return Error{ErrorKind::Unreachable, "the proxy's name cannot be resolved"};
    case CURLE_WRITE_ERROR:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_PARTIAL_FILE:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9: something that is not HTTP answered
      return Error{ErrorKind::Malformed, "not a whole HTTP answer: " + reason(code, words)};
    default:
      return Error{ErrorKind::Unreachable, reason(code, words)};
  }
}

}  // namespace restorewatch
