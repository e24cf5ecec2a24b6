#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "http/cursors.h"
#include "jobs/snapshot.h"

namespace restorewatch {

/// A cluster, as discovery and the looks at it know it. Points into the snapshot that it is of.
struct ClusterRow {
  const InventoryProject* project = nullptr;  // null: no longer in the inventory
  const InventoryCluster* known = nullptr;    // likewise
  /// One for each source through which it is or was looked at.
  std::span<const std::shared_ptr<const TargetView>> sources;

  const ProjectId& project_id() const;
  const std::string& project_name() const;
  const std::string& cluster_name() const;
  bool is_polled() const;  // through any source
  ClusterPlace place() const { return {project_id(), cluster_name()}; }
};

/// Every cluster of which anything is shown, ordered by place(), each once.
std::vector<ClusterRow> cluster_rows(const Snapshot& snapshot);

/// Picks clusters by name.
struct NameFilter {
  std::string project;  // glob over its name, or its id; empty: any
  std::string cluster;  // glob over its name; empty: any

  bool picks(const ProjectId& id, const std::string& project_name,
             const std::string& cluster_name) const;
  bool picks_all() const { return project.empty() && cluster.empty(); }
};

}  // namespace restorewatch
