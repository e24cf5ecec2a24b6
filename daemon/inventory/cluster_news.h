#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jobs/inventory.h"

namespace restorewatch {

/// Something about a project or a cluster that people may want to know of.
struct News {
  bool warning = false;
  std::string_view what;  // a literal
  ProjectId project_id;
  std::string project_name;  // empty: it is about a credential, which `detail` names
  std::string cluster_name;  // empty: it is about the project
  std::string detail;        // may be empty

  bool operator==(const News&) const = default;
};

/// What there is to tell of the clusters of one project.
class ClusterNews {
 public:
  /// `project` must outlive it.
  explicit ClusterNews(const Project& project) : project_(project) {}

  /// Atlas lists it, as before or again.
  void changed(const Cluster& now, const InventoryCluster& before);

  void appeared(const Cluster& now);

  /// Atlas says another tier than the configuration.
  void has_other_tier(const Cluster& now);

  /// Atlas has never listed it; only the configuration names it.
  void is_not_found(const Cluster& configured);

  /// Atlas listed it, and does so no more.
  void is_missing(const InventoryCluster& before);

  /// `name_taken`: by another one.
  void is_gone(const InventoryCluster& before, bool name_taken);

  std::vector<News> take();

 private:
  void tell(bool warning, std::string_view what, const Cluster& cluster, std::string detail = "");

  const Project& project_;
  std::vector<News> news_;
};

}  // namespace restorewatch
