#pragma once

#include <memory>

#include "web/access.h"

namespace restorewatch {

/// HTTPS with a certificate that was made a moment ago, for everybody.
std::shared_ptr<WebAccess> tls_access();

}  // namespace restorewatch
