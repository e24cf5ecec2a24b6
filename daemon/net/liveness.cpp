#include "net/liveness.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "net/curl_global.h"
#include "net/easy_options.h"

namespace restorewatch {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

std::size_t discard(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

struct Outcome {
  CURLcode code = CURLE_FAILED_INIT;
  long status = 0;
  bool handshake_done = false;  // TLS, as far as we are concerned
  milliseconds elapsed{0};
};

Outcome ask(const std::string& url, milliseconds patience) {
  const Easy easy(curl_easy_init(), &curl_easy_cleanup);
  if (!easy) return {};
  EasyOptions options(easy.get());
  options.text(CURLOPT_URL, url)
      .text(CURLOPT_PROTOCOLS_STR, "http,https")
      .text(CURLOPT_PROXY, "")  // whatever the environment says
      .number(CURLOPT_TIMEOUT_MS, patience.count())
      .number(CURLOPT_QUICK_EXIT, 1)  // a look-up that hangs is left behind
      .number(CURLOPT_SSL_VERIFYPEER, 0)
      .number(CURLOPT_SSL_VERIFYHOST, 0)
      .function(CURLOPT_WRITEFUNCTION, &discard);
  if (!options.all_taken()) return {};
  Outcome outcome{.code = curl_easy_perform(easy.get())};
  curl_off_t handshake = 0;
  curl_off_t total = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &outcome.status);
  curl_easy_getinfo(easy.get(), CURLINFO_APPCONNECT_TIME_T, &handshake);
  curl_easy_getinfo(easy.get(), CURLINFO_TOTAL_TIME_T, &total);
  outcome.handshake_done = handshake > 0;
  outcome.elapsed = std::chrono::duration_cast<milliseconds>(microseconds(total));
  return outcome;
}

/// Whether it is there, and answers something that is not HTTP.
bool speaks_otherwise(const Outcome& outcome) {
  return outcome.code == CURLE_GOT_NOTHING || outcome.code == CURLE_RECV_ERROR ||
         outcome.code == CURLE_SEND_ERROR || outcome.code == CURLE_UNSUPPORTED_PROTOCOL ||
         outcome.code == CURLE_WEIRD_SERVER_REPLY;
}

Result<std::string> judge(const Outcome& outcome) {
  if (outcome.code == CURLE_OK) {
    const bool alive = outcome.status == 200 || outcome.status == 401 || outcome.status == 429;
    std::string answer = fmt::format("answers {}", outcome.status);
    if (alive) return answer;
    return Error{ErrorKind::Other, std::move(answer)};
  }
  if (outcome.code == CURLE_OPERATION_TIMEDOUT)
    return Error{ErrorKind::Timeout, "no answer in time"};
  if (outcome.handshake_done && speaks_otherwise(outcome)) {
    return std::string("speaks TLS, and asks for a client certificate");
  }
  return Error{ErrorKind::Unreachable, curl_easy_strerror(outcome.code)};
}

}  // namespace

Result<std::string> ask_whether_alive(const std::string& host, std::uint16_t port,
                                      milliseconds patience) {
  const CurlGlobal curl;
  const bool is_v6 = host.find(':') != std::string::npos;
  const std::string place =
      fmt::format("://{}:{}/-/healthy", is_v6 ? "[" + host + "]" : host, port);
  Outcome outcome = ask("http" + place, patience);
  const milliseconds left = patience - outcome.elapsed;
  if (speaks_otherwise(outcome) && left > milliseconds(0)) outcome = ask("https" + place, left);
  return judge(outcome);
}

}  // namespace restorewatch
