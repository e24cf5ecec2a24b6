#include "inventory/project_lists.h"

#include <algorithm>

namespace restorewatch {

void ProjectLists::remember(const Project& project, const std::vector<std::string>& seen_by) {
  for (const std::string& credential : seen_by) {
    lists_[credential].projects.insert_or_assign(project.id, project);
  }
}

void ProjectLists::set_credentials(std::vector<std::string> credentials) {
  credentials_ = std::move(credentials);
  std::erase_if(lists_, [this](const auto& list) {
    return std::ranges::find(credentials_, list.first) == credentials_.end();
  });
}

void ProjectLists::take(const std::string& credential, Result<std::vector<Project>> answer,
                        bool whole) {
  List& list = lists_[credential];
  list.answered = answer.ok();
  list.problem.reset();
  if (!answer) {
    list.problem = answer.error();
    return;
  }
  if (whole) list.projects.clear();
  for (Project& project : *answer) list.projects.insert_or_assign(project.id, std::move(project));
}

std::vector<std::string> ProjectLists::credentials_of(const ProjectId& project) const {
  std::vector<std::string> credentials;
  for (const std::string& credential : credentials_) {
    const auto list = lists_.find(credential);
    if (list != lists_.end() && list->second.projects.contains(project)) {
      credentials.push_back(credential);
    }
  }
  return credentials;
}

std::map<ProjectId, Project> ProjectLists::latest() const {
  std::map<ProjectId, Project> latest;
  for (const std::string& credential : credentials_) {
    const auto list = lists_.find(credential);
    if (list == lists_.end() || !list->second.answered) continue;
    latest.insert(list->second.projects.begin(), list->second.projects.end());
  }
  return latest;
}

bool ProjectLists::all_answered(const std::vector<std::string>& credentials) const {
  return std::ranges::all_of(credentials, [this](const std::string& credential) {
    const auto list = lists_.find(credential);
    return list != lists_.end() && list->second.answered;
  });
}

const Error* ProjectLists::problem_of(const std::string& credential) const {
  const auto list = lists_.find(credential);
  return list != lists_.end() && list->second.problem ? &*list->second.problem : nullptr;
}

}  // namespace restorewatch
