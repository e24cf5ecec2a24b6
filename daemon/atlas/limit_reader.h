#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/atlas_api.h"
#include "base/result.h"
#include "jobs/call_budget.h"
#include "jobs/object_id.h"

namespace restorewatch {

/// The limit of a project's bucket of an endpoint set, as Atlas has it now.
struct SetLimit {
  std::string_view endpoint_set;  // lives as long as the program
  RateLimit limit;

  bool operator==(const SetLimit&) const = default;
};

using LimitsDone = std::function<void(Result<std::vector<SetLimit>>)>;

/// Reads the answer of GET /rateLimits: what each project has for the endpoint sets that we use,
/// each set once. A row that is odd or about others is passed over. Malformed: there are no
/// `results`. Source: the reference of Atlas Admin API v2.
Result<std::vector<SetLimit>> decode_limits(std::string_view body);

/// Asks what limits a project has. The call is counted in the credential's own bucket. `done` is
/// called once, later. On the loop's thread only.
void ask_limits(AtlasApi& api, const ProjectId& project,
                const std::vector<std::string>& credentials, LimitsDone done);

}  // namespace restorewatch
