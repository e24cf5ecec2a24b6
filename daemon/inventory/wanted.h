#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jobs/cluster.h"
#include "jobs/inventory.h"
#include "jobs/matcher.h"

namespace restorewatch {

/// A project that the configuration names.
struct WantedProject {
  ProjectId id;
  std::optional<std::string> name;               // absent: the one that it has in Atlas
  std::string credential;                        // by which it is seen
  std::optional<std::vector<Cluster>> clusters;  // absent: those that Atlas lists

  bool operator==(const WantedProject&) const = default;
};

/// What the operator wants to be watched.
struct Wanted {
  std::vector<std::string> credentials;  // names, in the configuration's order
  std::vector<Source> sources;
  std::optional<std::vector<WantedProject>> projects;  // absent: all that the credentials see
  // For clusters that the configuration does not name. No include: every one.
  std::vector<Matcher> include;
  std::vector<Matcher> exclude;

  bool operator==(const Wanted&) const = default;
};

/// The sources through which a cluster is to be looked at, or why there are none.
struct WaysToLook {
  std::vector<Source> sources;
  std::optional<NotPolled> not_polled;
};

/// `configured`: the configuration names the cluster, so no matcher is asked.
WaysToLook ways_to_look(const Wanted& wanted, const Project& project, const Cluster& cluster,
                        bool configured);

/// Whether no cluster of the project can be wanted, so that nobody needs to ask for them.
bool is_excluded_whole(const Wanted& wanted, const Project& project);

}  // namespace restorewatch
