#pragma once

#include <string>

#include "base/result.h"

struct sockaddr;

namespace restorewatch {

enum class UrlClass {
  Https,
  LoopbackHttp,  // plain http, whose connection must stay on this machine
};

/// Which of the two an absolute URL is. Anything else is refused with Unreachable: other schemes,
/// http to a host that is not "localhost", 127.0.0.0/8 or [::1], and URLs that carry a login.
/// The reason names no part of the URL but its host.
Result<UrlClass> classify_url(const std::string& url);

/// An http, https or SOCKS proxy URL; a login in it is allowed. BadConfig otherwise, without
/// quoting the URL.
Status check_proxy(const std::string& url);

bool is_loopback(const sockaddr& address);

}  // namespace restorewatch
