#pragma once

#include <string_view>

#include "base/result.h"
#include "http/site.h"

namespace restorewatch {

// The JSON API; docs/openapi.yaml describes it. Lists come in pages of `limit` items, and each page
// says where the next one begins. What is not known is left out.

/// Clusters with how they are seen and what is found of them, by project id and name.
Reply api_targets(const SiteSource& source, std::string_view query);

/// The jobs known of the clusters shown: by project id, cluster and source, of each the newest
/// first.
Reply api_jobs(const SiteSource& source, std::string_view query);

/// Transitions in the order in which they were committed.
Reply api_transitions(const SiteSource& source, std::string_view query);

/// {"error": "..."}: 400 for what the client must change (BadConfig), 503 for the rest.
Reply json_error(const Error& error);

Reply json_reply(std::string body);

}  // namespace restorewatch
