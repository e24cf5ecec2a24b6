#pragma once

#include <memory>
#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "base/web_rules.h"

struct ssl_ctx_st;

namespace restorewatch {

/// What a server needs to speak TLS by these rules. It verifies clients itself, names included. No
/// renegotiation, no compression; where clients are asked for certificates no session is resumed,
/// so that each connection is verified anew. Errors: BadConfig, without any of the contents.
Result<std::shared_ptr<ssl_ctx_st>> tls_context(const TlsRules& rules);

/// When the first of the server's certificates expires.
std::optional<WallTime> first_expiry(ssl_ctx_st& context);

}  // namespace restorewatch
