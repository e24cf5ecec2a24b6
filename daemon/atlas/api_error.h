#pragma once

#include <string>

#include "base/http_transport.h"
#include "base/result.h"
#include "base/time.h"

namespace restorewatch {

/// What an answer other than 200 says.
struct ApiError {
  Error error;
  std::string code;  // Atlas's errorCode or OAuth's error, e.g. "CLUSTER_NOT_FOUND"; may be empty
};

/// Branches on status and code alone. The detail has Atlas's own words, cleaned and cut, and for
/// an address that is not allowed what to do about it. `now` is for dates in Retry-After.
ApiError read_api_error(const HttpResponse& response, WallTime now);

/// 401s that are about roles: the credential itself is accepted. Source: the API's error codes.
bool is_role_code(std::string_view code);

/// 404s that are about the job and not about the cluster or project above it.
bool is_job_not_found_code(std::string_view code);

}  // namespace restorewatch
