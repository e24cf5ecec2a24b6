#pragma once

#include "atlas/api_error.h"
#include "base/http_transport.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// What an answer tells of the bucket that its call was counted in. `failure`: as what it was read,
/// if it is an error; else null. Source: the documentation on rate limits: RateLimit-Limit and
/// RateLimit-Remaining come with successes too, and any header may be missing.
BucketNews bucket_news(const HttpResponse& response, const ApiError* failure);

}  // namespace restorewatch
