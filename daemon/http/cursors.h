#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jobs/target.h"

namespace restorewatch {

// Where a page of a list ended. A cursor names the last item and not how many there were, so that
// nothing is shown twice or left out when others come and go meanwhile. Opaque to clients.

struct ClusterPlace {
  ProjectId project_id;
  std::string cluster_name;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
  auto operator<=>(const ClusterPlace&) const = default;
};

struct JobPlace {
  TargetKey target;
  std::optional<JobId> job{};  // absent: behind all of the target's jobs

  bool operator==(const JobPlace&) const = default;
};

std::string cursor_of(const ClusterPlace& place);
std::string cursor_of(const JobPlace& place);

/// Absent: no cursor of this list.
std::optional<ClusterPlace> cluster_place_from(std::string_view cursor);
std::optional<JobPlace> job_place_from(std::string_view cursor);

}  // namespace restorewatch
