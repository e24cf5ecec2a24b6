#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "jobs/cluster.h"

namespace restorewatch {

/// Which projects each credential sees, by its last good answer, and what is wrong with those whose
/// last answer was not good.
class ProjectLists {
 public:
  /// In the order in which they are to be tried.
  explicit ProjectLists(std::vector<std::string> credentials)
      : credentials_(std::move(credentials)) {}

  /// Others from now on. What those say that stay goes on to count.
  void set_credentials(std::vector<std::string> credentials);

  /// An earlier run knew that they see it. Those that are not configured are left out.
  void remember(const Project& project, const std::vector<std::string>& seen_by);

  /// Not `whole`: those that are not listed are still seen.
  void take(const std::string& credential, Result<std::vector<Project>> answer, bool whole);

  /// In the order to try.
  std::vector<std::string> credentials_of(const ProjectId& project) const;

  /// What the last answers say, by id; of two that say something of one project, the credential
  /// that is configured first. Those that failed say nothing.
  std::map<ProjectId, Project> latest() const;

  /// Whether the last answer of each of these was a good one.
  bool all_answered(const std::vector<std::string>& credentials) const;

  /// Null: nothing is wrong with it.
  const Error* problem_of(const std::string& credential) const;

 private:
  struct List {
    std::map<ProjectId, Project> projects;
    std::optional<Error> problem;
    bool answered = false;  // and well, the last time
  };

  std::vector<std::string> credentials_;
  std::map<std::string, List> lists_;  // by credential
};

}  // namespace restorewatch
