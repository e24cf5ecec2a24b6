#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace restorewatch {

/// Asks `GET /-/healthy` of the web server at `host` (a name or an address, IPv6 without brackets)
/// and `port`, over plain HTTP and, where that is not what it speaks, over TLS. Blocks for
/// `patience` at most, both together.
///
/// Alive is what answers 200; 401 or 429, since who asks for a password is alive; and what breaks
/// off after a TLS handshake, as a server does that wants a client certificate under TLS 1.3. The
/// result says which. The server's certificate is not verified: nothing secret is sent, and nothing
/// but "alive" is believed.
///
/// Errors: Timeout, Unreachable, Other (another status).
Result<std::string> ask_whether_alive(const std::string& host, std::uint16_t port,
                                      std::chrono::milliseconds patience);

}  // namespace restorewatch
