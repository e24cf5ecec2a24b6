#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "jobs/object_id.h"
#include "jobs/words.h"

namespace restorewatch {

/// What one look is at: a cluster, seen through one source.
struct TargetKey {
  ProjectId project_id;
  std::string cluster_name;  // unique only within its project
  Source source = Source::Dedicated;
  std::optional<ObjectId> cluster_id{};  // where discovery gives it

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
  auto operator<=>(const TargetKey&) const = default;
};

/// Whether both are the same cluster through the same source: the ids decide where both have one,
/// else the names.
bool same_target(const TargetKey& a, const TargetKey& b);

/// A target and what is needed to look at it and to name it.
struct Target {
  TargetKey key;
  std::string project_name;
  std::vector<std::string> credentials;  // configured names, in the order to try
  ApiGeneration api = ApiGeneration::V2;
  bool cluster_deleted = false;                   // only its backups are left
  std::optional<WallTime> cluster_created_at{};   // where discovery says so
  std::optional<WallTime> project_known_since{};  // when the project was first watched

  bool operator==(const Target&) const = default;
};

}  // namespace restorewatch
