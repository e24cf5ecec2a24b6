#include "http/destination.h"

namespace restorewatch {

std::string destination_of(const RestoreJob& job, const ProjectId& own,
                           const Inventory* inventory) {
  const bool is_elsewhere = job.target_project_id && *job.target_project_id != own;
  if (!job.target_cluster && !is_elsewhere) return "";
  std::string text = "to " + job.target_cluster.value_or("an unknown cluster");
  if (!is_elsewhere) return text;
  const Project* const project = project_in(inventory, *job.target_project_id);
  return text + " of " +
         (project != nullptr ? project->name : "project " + to_string(*job.target_project_id));
}

}  // namespace restorewatch
