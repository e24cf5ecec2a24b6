#include "web/own_answer.h"

#include <strings.h>

#include <string>
#include <utility>

namespace restorewatch {
namespace {

constexpr const char* kSniffing = "X-Content-Type-Options";

struct Words {
  const char* reason;
  const char* header = "";  // a line, or none
};

Words words_of(int status) {
  switch (status) {
    case 401:
      return {"Unauthorized", "WWW-Authenticate: Basic realm=\"restorewatch\"\r\n"};
    case 421:
      return {"Misdirected Request"};
    case 429:
      return {"Too Many Requests", "Retry-After: 1\r\n"};
    case 431:
      return {"Request Header Fields Too Large"};
    case 503:
      return {"Service Unavailable", "Retry-After: 1\r\n"};
    case 505:
      return {"HTTP Version Not Supported"};
    default:
      return {"Bad Request"};
  }
}

}  // namespace

SharedText own_answer(const OwnAnswer& answer, const WebHeaders& added) {
  const Words words = words_of(answer.status);
  const std::string body = std::string(words.reason) + "\n";
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " " + words.reason + "\r\n";
  text += words.header;
  text += "Content-Type: text/plain; charset=utf-8\r\n";
  bool has_sniffing = false;
  for (const auto& [name, value] : added) {
    text.append(name).append(": ").append(value).append("\r\n");
    has_sniffing |= strcasecmp(name.c_str(), kSniffing) == 0;
  }
  if (!has_sniffing) text.append(kSniffing).append(": nosniff\r\n");
  if (!answer.stays) text += "Connection: close\r\n";
  text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  if (!answer.is_head) text += body;
  SharedText bytes;
  bytes.add(std::move(text));
  return bytes;
}

}  // namespace restorewatch
