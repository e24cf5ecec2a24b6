#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jobs/cluster.h"
#include "jobs/inventory_store.h"
#include "jobs/target.h"

namespace restorewatch {

/// Which cluster is meant, over renames and names that are used again. It is told of clusters in
/// the order in which they were seen, and knows the same ones as the store does: the id decides,
/// and a name alone means the newest cluster that has it.
class ClusterBook {
 public:
  using Place = std::size_t;

  struct Entry {
    ProjectId project_id;
    std::string name;              // the newest
    std::string project_name{};    // likewise; empty: nobody has said it
    std::optional<ObjectId> id{};  // where anybody has said it
    Cluster known{};               // as the inventory has it; else the name and nothing more
    Tags project_tags{};           // likewise
    bool in_inventory = false;     // it is there now, as far as known
  };

  /// The cluster of that target; a new entry where it was not known. An empty project name says
  /// nothing.
  Place see(const TargetKey& key, const std::string& project_name);

  /// Adds what the inventory knows now, which is the newest.
  void see(const std::vector<KnownProject>& inventory);

  /// Absent: never seen.
  std::optional<Place> find(const TargetKey& key) const;

  const Entry& at(Place place) const { return entries_.at(place); }
  std::size_t size() const { return entries_.size(); }

 private:
  using Name = std::pair<ProjectId, std::string>;
  using Id = std::pair<ProjectId, ObjectId>;

  std::vector<Entry> entries_;
  std::map<Id, Place> by_id_;
  std::map<Name, Place> by_name_;  // the newest of that name
};

}  // namespace restorewatch
