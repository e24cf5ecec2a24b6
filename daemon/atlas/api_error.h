#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/http_transport.h"
#include "base/result.h"
#include "base/time.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// What an answer other than 200 says.
struct ApiError {
  Error error;       // NotFound: of a list, what it is asked about is not there or of another kind
  std::string code;  // Atlas's errorCode or OAuth's error, e.g. "CLUSTER_NOT_FOUND"; may be empty
  std::optional<RateLimit> limit{};  // of the bucket that was empty, where the answer names it
};

/// Branches on status and code alone. The detail has Atlas's own words, cleaned and cut, and what
/// to do about an address that is not allowed or a `role` that is missing (which one, where that is
/// known). `now` is for dates in Retry-After
/// (see read_throttle).
ApiError read_api_error(const HttpResponse& response, WallTime now, std::string_view role = "");

// Sources of the codes below: the API's table of error codes, recorded answers, and what users
// report.

/// 401s that are about roles: the credential itself is accepted.
bool is_role_code(std::string_view code);

/// Codes that are about the job and not about the cluster or project above it.
bool is_job_not_found_code(std::string_view code);

/// Codes that say that the cluster or project is not there, is of another tier, or has no backups:
/// the endpoint itself is served.
bool is_place_code(std::string_view code);

}  // namespace restorewatch
