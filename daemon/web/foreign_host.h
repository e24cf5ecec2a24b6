#pragma once

#include <string_view>

namespace restorewatch {

/// Whether a Host header shows that somebody else's page, in the browser of somebody who can reach
/// us, had its own name point at us (DNS rebinding): a name with a dot and with the very port that
/// we serve. Asked only where nobody but this machine can reach us. A proxy in front passes on the
/// name and port that it is reached by itself. See docs/decisions/0027.
bool is_foreign_host(std::string_view host, int our_port);

}  // namespace restorewatch
