#pragma once

#include <vector>

#include "base/result.h"
#include "jobs/inventory_store.h"
#include "store/database.h"

namespace restorewatch {

/// Reads the inventory: projects, their clusters, and what belongs to these.
class InventoryReader {
 public:
  /// `database` must outlive it; whether all could be prepared says database.prepared().
  explicit InventoryReader(Database& database);

  /// By project id. Inside a transaction, so that all is of one moment. Errors: Storage.
  Result<std::vector<KnownProject>> read();

 private:
  using Projects = std::vector<KnownProject>;

  Status read_projects(Projects& projects);
  Status read_credentials(Projects& projects);
  Status read_clusters(Projects& projects);
  Status read_sources(Projects& projects);
  Status read_tags(Projects& projects);

  Statement get_projects_;
  Statement get_credentials_;
  Statement get_clusters_;
  Statement get_sources_;
  Statement get_tags_;
};

}  // namespace restorewatch
