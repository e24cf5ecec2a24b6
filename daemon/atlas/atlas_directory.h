#pragma once

#include <memory>
#include <set>
#include <string>

#include "atlas/atlas_api.h"
#include "atlas/directory_pages.h"
#include "jobs/directory.h"

namespace restorewatch {

struct DirectoryEndpoint;

/// Reads what projects and clusters there are from the Atlas Administration API: all pages of
/// GET /groups or /orgs/{orgId}/groups, and of a project's clusters, flex clusters and serverless
/// instances. A list of flex clusters or serverless instances that the server does not have counts
/// as empty. On the loop's thread only.
class AtlasDirectory final : public Directory {
 public:
  explicit AtlasDirectory(AtlasApi& api) : api_(api) {}  // must outlive the directory

  void list_projects(const std::string& credential, ProjectsDone done) override;
  void list_clusters(const ClusterQuestion& question, ClustersDone done) override;

 private:
  template <typename Row>
  struct Run;
  struct ClusterSearch;

  template <typename Row>
  void read_on(const std::shared_ptr<Run<Row>>& run);
  template <typename Row>
  Result<bool> take_page(Run<Row>& run);
  void list_next(const std::shared_ptr<ClusterSearch>& search);
  void warn_once(const DirectoryEndpoint& endpoint, const std::string& project_id,
                 const OddRow& row);

  AtlasApi& api_;
  std::set<std::string> warned_;  // of odd rows, by all that is said of one
};

}  // namespace restorewatch
