#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/shared_text.h"

namespace restorewatch {

/// Names and values, in order.
using WebHeaders = std::vector<std::pair<std::string, std::string>>;

/// What a client asks for, once its head is known to be well-formed and the client to be welcome.
/// There is never a body to read: nobody here takes one.
struct WebRequest {
  std::string method;  // any token, not only those that there are
  std::string path;    // as it was sent, not decoded; begins with "/"
  std::string query;   // what stands behind the first "?", as it was sent
  WebHeaders headers;  // names in lower case
  bool has_body = false;

  bool has(std::string_view header) const;  // its name in lower case

  /// Of several lines with the same name, one list: RFC 9110, 5.3. Empty: there is none.
  std::string list_of(std::string_view header) const;
};

/// What it is answered, whole. Lengths, dates and connections are the server's business.
struct WebAnswer {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";  // for Content-Type
  SharedText body{};                               // is sent without being copied
  WebHeaders headers{};                            // besides
  bool compress = false;  // with gzip, by the server; costs a copy. The client takes gzip
};

/// Called on several threads at once.
using WebHandler = std::function<WebAnswer(const WebRequest&)>;

}  // namespace restorewatch
