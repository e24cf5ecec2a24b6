#pragma once

#include <string>
#include <string_view>

#include "base/web_exchange.h"

namespace restorewatch {

/// What a client has sent so far of a request's head.
enum class HeadVerdict {
  Incomplete,
  Complete,
  Malformed,     // 400: also what two parsers could read in two ways
  TooLarge,      // 431
  OtherVersion,  // 505: not HTTP/1.0 or 1.1
};

struct RequestHead {
  WebRequest request;
  std::string host;            // as it was sent; empty: none
  bool wants_to_stay = false;  // the connection may serve another request after this one
};

/// Reads a head from its first byte to the empty line, both included. Complete, or why not.
///
/// Strict, since what stands before the server may read a lenient form in another way: one space
/// between the parts of the request line, targets that begin with "/", no folded lines, no space
/// before a colon, one Host (HTTP/1.1), at most one Content-Length, no Transfer-Encoding.
/// Source: RFC 9112, 3, 5 and 6.3.
HeadVerdict parse_head(std::string_view text, RequestHead& head);

}  // namespace restorewatch
