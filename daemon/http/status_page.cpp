#include "http/status_page.h"

#include "http/landing_page.h"

namespace restorewatch {

Reply status_page(const SiteSource& /*source*/, std::string_view /*query*/) {
  return {200, "text/html; charset=utf-8", landing_page()};
}

}  // namespace restorewatch
