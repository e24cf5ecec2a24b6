#pragma once

#include <string>
#include <vector>

#include "jobs/target.h"

namespace restorewatch {

/// A project that the configuration names, with the clusters to watch in it.
struct StaticProject {
  ProjectId id;
  std::string name;        // what the label project_name shows
  std::string credential;  // the credential that can see it
  std::vector<std::string> clusters;
};

/// Everything that is to be looked at: each cluster through each source, once, in key order.
std::vector<Target> static_targets(const std::vector<StaticProject>& projects,
                                   const std::vector<Source>& sources);

}  // namespace restorewatch
