#include "net/transfer_options.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <exception>
#include <string_view>

#include "net/answer.h"
#include "net/easy_options.h"
#include "net/request_url.h"
#include "net/trust_anchors.h"

namespace restorewatch {
namespace {

// What libcurl calls is C: no exception may leave these. A short count ends the transfer.

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* answer) {
  try {
    const std::string_view line(data, size * count);
    return static_cast<Answer*>(answer)->add_header_line(line) ? line.size() : 0;
  } catch (const std::exception&) {
    return 0;
  }
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* answer) {
  try {
    const std::string_view piece(data, size * count);
    return static_cast<Answer*>(answer)->add_body(piece) ? piece.size() : CURL_WRITEFUNC_ERROR;
  } catch (const std::exception&) {
    return CURL_WRITEFUNC_ERROR;
  }
}

CURLcode on_tls_context(CURL* /*easy*/, void* context, void* anchors) {
  return static_cast<const TrustAnchors*>(anchors)->add_to(context) ? CURLE_OK
                                                                    : CURLE_SSL_CACERT_BADFILE;
}

/// The host of a plain http request was a loopback one by name; this looks at the address too.
curl_socket_t open_loopback_socket(void* /*context*/, curlsocktype /*purpose*/,
                                   curl_sockaddr* address) {
  if (!is_loopback(address->addr)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace

bool apply_fixed_options(void* easy, UrlClass url_class, const TrustAnchors& anchors) {
  const bool plain = url_class == UrlClass::LoopbackHttp;
  EasyOptions options(easy);
  options.number(CURLOPT_NOSIGNAL, 1)
      .number(CURLOPT_QUICK_EXIT, 1)  // else a hanging name look-up blocks every transfer
      .text(CURLOPT_PROTOCOLS_STR, plain ? "http" : "https")
      .number(CURLOPT_FOLLOWLOCATION, 0)
      .number(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
      .text(CURLOPT_ACCEPT_ENCODING, "")  // every encoding that libcurl can undo
      .number(CURLOPT_PATH_AS_IS, 1)
      .number(CURLOPT_TCP_KEEPALIVE, 1)
      .number(CURLOPT_SSL_VERIFYPEER, 1)
      .number(CURLOPT_SSL_VERIFYHOST, 2)
      .number(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
      .function(CURLOPT_SSL_CTX_FUNCTION, &on_tls_context)
      // libcurl hands the pointer back as it is; on_tls_context takes it as const.
      .pointer(CURLOPT_SSL_CTX_DATA, const_cast<TrustAnchors*>(&anchors))
      .number(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
      .text(CURLOPT_NOPROXY, "");  // else the environment's no_proxy would count
  if (plain) {
    options.function(CURLOPT_OPENSOCKETFUNCTION, &open_loopback_socket);
  } else {
    options.pointer(CURLOPT_OPENSOCKETFUNCTION, nullptr);
  }
  return options.all_taken();
}

bool receive_into(void* easy, Answer& answer) {
  return EasyOptions(easy)
      .function(CURLOPT_HEADERFUNCTION, &on_header)
      .pointer(CURLOPT_HEADERDATA, &answer)
      .function(CURLOPT_WRITEFUNCTION, &on_body)
      .pointer(CURLOPT_WRITEDATA, &answer)
      .all_taken();
}

}  // namespace restorewatch
