#pragma once

#include <compare>
#include <string>

#include "jobs/object_id.h"
#include "jobs/words.h"

namespace restorewatch {

/// What one look is at: a cluster, seen through one source.
struct TargetKey {
  ProjectId project_id;
  std::string cluster_name;  // unique only within its project
  Source source = Source::Dedicated;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
  auto operator<=>(const TargetKey&) const = default;
};

/// A target and what is needed to look at it and to name it.
struct Target {
  TargetKey key;
  std::string project_name;
  std::string credential;  // the configured name of the credential that can see it

  bool operator==(const Target&) const = default;
};

}  // namespace restorewatch
