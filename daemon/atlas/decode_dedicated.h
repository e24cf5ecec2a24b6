#pragma once

#include <string>

#include "atlas/json_parser.h"
#include "atlas/page.h"
#include "base/result.h"

namespace restorewatch {

// Restore jobs of dedicated clusters, API version 2023-01-01. Source: Atlas Admin API v2, "Return
// All Restore Jobs for One Cluster", whose published example is tests/fixtures/atlas/
// dedicated-v2-list.json; members that real answers add are in the other fixtures there.
//
// Read in one pass, in any order of members; unknown members are passed over. A flag that is
// missing or null is false, any other member that is missing or null is absent. A member that we
// keep and that holds something else than it should, or that is given twice, makes its job
// unreadable; the page's other jobs are not affected. What is decoded shares nothing with `body`.

/// Malformed, with the reason and the place, if `body` is not a whole JSON document with a results
/// array. `body` may grow by some bytes that the parser needs behind it.
Result<Page> decode_dedicated_page(JsonParser& parser, std::string& body);

/// Malformed too when the job is unreadable.
Result<RestoreJob> decode_dedicated_job(JsonParser& parser, std::string& body);

}  // namespace restorewatch
