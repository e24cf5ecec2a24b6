// What may be done to a world: by the events of its scenario, and from outside.

#include <algorithm>
#include <utility>

#include "simulator/object_id.h"
#include "simulator/world.h"

namespace atlas_simulator {
namespace {

constexpr int kNoSuchThing = 404;
constexpr int kConflict = 409;

[[noreturn]] void refuse(int status, const std::string& message) {
  throw ActionRefused(status, message);
}

void erase_cluster(Cluster& cluster, VirtualTime now, bool keeps_backups) {
  cluster.deleted = now;
  cluster.keeps_backups = keeps_backups;
}

/// Jobs that are still to come and lead back to where they come from follow the name.
void rename(const Project& project, Cluster& cluster, const std::string& name, VirtualTime now) {
  if (project.cluster(name) != nullptr) refuse(kConflict, "there is a cluster '" + name + "'");
  for (auto& list : cluster.lists) list.retarget(project.id, cluster.name, name, now);
  cluster.earlier_names.push_back(std::exchange(cluster.name, name));
}

void upgrade(Cluster& cluster, const ClusterAction& action) {
  if (action.tier == cluster.tier) refuse(kConflict, "the cluster has this tier already");
  cluster.tier = action.tier;
  cluster.instance_size = action.tier == Tier::Free ? "M0" : "M10";
  cluster.backup_enabled = action.tier != Tier::Free;
  if (action.id) cluster.id = *action.id;
}

void hide(Project& project, const std::string& credential) {
  project.hidden_from.insert(credential);
}

void show(Project& project, const std::string& credential) {
  project.hidden_from.erase(credential);
  if (!project.credentials) return;
  auto& names = *project.credentials;
  const bool named = std::find(names.begin(), names.end(), credential) != names.end();
  if (!named) names.push_back(credential);
}

}  // namespace

// clang-tidy 14 does not see that the lambda uses `this`.
// NOLINTNEXTLINE(readability-convert-member-functions-to-static)
void World::act(const Action& action, VirtualTime now) {
  std::visit([&](const auto& particular) { act_on(particular, now); }, action);
}

void World::act_on(const ClusterAction& action, VirtualTime now) {
  Project* project = find(action.project);
  if (project == nullptr) refuse(kNoSuchThing, "there is no project '" + action.project + "'");
  const Cluster* found = project->cluster(action.cluster);
  if (action.verb == ClusterVerb::Create) {
    if (found != nullptr) refuse(kConflict, "there is a cluster '" + action.cluster + "'");
    return create_cluster(*project, action.plan, now, std::nullopt);
  }
  if (found == nullptr) refuse(kNoSuchThing, "there is no cluster '" + action.cluster + "'");
  Cluster& cluster = project->clusters[static_cast<std::size_t>(found - project->clusters.data())];
  ++cluster.changes;
  switch (action.verb) {
    case ClusterVerb::Create:
      return;
    case ClusterVerb::Upgrade:
      return upgrade(cluster, action);
    case ClusterVerb::Rename:
      return rename(*project, cluster, action.name, now);
    case ClusterVerb::Pause:
    case ClusterVerb::Resume:
      cluster.paused = action.verb == ClusterVerb::Pause;
      return;
    case ClusterVerb::Delete:
      return erase_cluster(cluster, now, false);
    case ClusterVerb::DeleteKeepingBackups:
      return erase_cluster(cluster, now, true);
    case ClusterVerb::DisableBackup:
    case ClusterVerb::EnableBackup:
      cluster.backup_enabled = action.verb == ClusterVerb::EnableBackup;
      return;
  }
}

void World::act_on(const ProjectAction& action, VirtualTime now) {
  Project* project = find(action.project);
  if (action.verb == ProjectVerb::Create) {
    if (project != nullptr) refuse(kConflict, "there is a project '" + action.project + "'");
    return create_project(action.plan, now, std::nullopt);
  }
  if (project == nullptr) refuse(kNoSuchThing, "there is no project '" + action.project + "'");
  switch (action.verb) {
    case ProjectVerb::Create:
      return;
    case ProjectVerb::Rename:
      project->name = action.name;
      return;
    case ProjectVerb::Hide:
      return hide(*project, action.credential);
    case ProjectVerb::Show:
      return show(*project, action.credential);
  }
}

}  // namespace atlas_simulator
