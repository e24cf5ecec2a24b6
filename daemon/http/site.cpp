#include "http/site.h"

#include "http/api.h"
#include "http/status_page.h"

namespace restorewatch {

Reply answer(const SiteSource& source, std::string_view path, std::string_view query) {
  if (path == "/api/v1/targets") return api_targets(source, query);
  if (path == "/api/v1/jobs") return api_jobs(source, query);
  if (path == "/api/v1/transitions") return api_transitions(source, query);
  return status_page(source, query);
}

}  // namespace restorewatch
