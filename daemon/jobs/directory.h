#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/cluster.h"

namespace restorewatch {

/// The rows of a list. Not `whole`: some could not be read, so that what is not among these may be
/// there all the same.
template <typename Row>
struct Listed {
  std::vector<Row> rows;
  bool whole = true;
};

/// Asks which projects and clusters there are. Each call returns at once; `done` is called exactly
/// once, later, on the loop's thread. On the loop's thread only. Errors as in JobSource.
class Directory {
 public:
  using ProjectsDone = std::function<void(Result<Listed<Project>>)>;
  using ClustersDone = std::function<void(Result<Listed<Cluster>>)>;

  struct ClusterQuestion {
    ProjectId project_id;
    std::vector<std::string> credentials;  // names, in the order to try
    bool with_serverless = false;          // also the retired list of serverless instances
    bool needs_flex = true;                // a server without a list of flex clusters is an error
  };

  virtual ~Directory() = default;

  /// Every project that the credential can see (of its organization, where the configuration names
  /// one). All or an error: half a list would look like projects that are gone.
  virtual void list_projects(const std::string& credential, ProjectsDone done) = 0;

  /// Every cluster of the project, of all tiers, with deleted ones that still have backups. All or
  /// an error. NotFound: there is no such project.
  virtual void list_clusters(const ClusterQuestion& question, ClustersDone done) = 0;
};

}  // namespace restorewatch
