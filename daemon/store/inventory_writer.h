#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/result.h"
#include "jobs/inventory_store.h"
#include "store/database.h"
#include "store/inventory_reader.h"

namespace restorewatch {

/// Writes the inventory inside an open transaction: of the projects, only those that differ from
/// what the file is known to hold.
class InventoryWriter {
 public:
  using Inventory = std::map<ProjectId, KnownProject>;

  /// `database` must outlive it; whether all could be prepared says database.prepared().
  explicit InventoryWriter(Database& database);

  /// The file is known to hold exactly this.
  bool holds(const Inventory& inventory) const { return written_ == inventory; }

  /// Makes the tables hold it. If that or the commit fails: roll back, then forget().
  Status write(Inventory inventory);

  /// What the file holds is no longer known; the next write() reads it.
  void forget() { written_.reset(); }

 private:
  Status read_what_is_written();
  Status remove(const ProjectId& id);
  Status add(const KnownProject& known);
  Status add_credentials(const KnownProject& known);
  Status add_clusters(const KnownProject& known);
  Status add_cluster(const ProjectId& id, std::uint64_t place, const Cluster& cluster);
  Status add_sources(const ProjectId& id, std::uint64_t place,
                     const std::vector<WatchedSource>& sources);
  Status add_tags(const ProjectId& id, std::uint64_t place, const Tags& tags);

  std::optional<Inventory> written_;
  InventoryReader reader_;
  std::array<Statement, 5> remove_;  // from each table
  Statement add_project_;
  Statement add_credential_;
  Statement add_cluster_;
  Statement add_source_;
  Statement add_tag_;
};

}  // namespace restorewatch
