#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jobs/cluster.h"

namespace restorewatch {

/// Picks clusters: all that is given must match, and a matcher that gives nothing picks every one.
/// Names are globs over the whole name, case-sensitive: `*` is any text, `?` any one character.
struct Matcher {
  std::optional<std::string> project;  // its name
  std::optional<std::string> cluster;
  std::optional<ProjectId> project_id;
  Tags tags;  // each must be there, of the cluster or else of its project, with this value

  bool operator==(const Matcher&) const = default;
};

bool glob_matches(std::string_view pattern, std::string_view text);

bool matches(const Matcher& matcher, const Project& project, const Cluster& cluster);

/// Whether it picks every cluster that the project may have.
bool matches_whole(const Matcher& matcher, const Project& project);

/// Whether it could pick any cluster of the project.
bool may_match(const Matcher& matcher, const Project& project);

}  // namespace restorewatch
