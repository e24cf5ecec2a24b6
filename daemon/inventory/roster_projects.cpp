// How the roster's projects come and go; the rest is in roster.cpp.

#include <utility>

#include "inventory/roster.h"

namespace restorewatch {

void Roster::projects_listed(const std::string& credential, Result<std::vector<Project>> answer,
                             bool whole) {
  const Error* known = lists_.problem_of(credential);
  const std::optional<Error> before = known != nullptr ? std::optional(*known) : std::nullopt;
  const std::optional<Error> now = answer ? std::nullopt : std::optional(answer.error());
  changed_ = changed_ || before != now;
  if (now && (!before || before->detail != now->detail)) {
    tell(true, "projects cannot be listed", "credential " + credential + ": " + now->detail);
  }
  if (before && !now) tell(false, "projects can be listed again", "credential " + credential);
  lists_.take(credential, std::move(answer), whole);
}

/// All answers together, so that it makes no difference which of them came first.
void Roster::projects_complete() {
  projects_known_ = true;
  for (const auto& [id, project] : lists_.latest()) {
    if (!wanted_.projects) add_project(project, nullptr);
    const auto found = projects_.find(id);
    if (found != projects_.end()) rename(found->second, project);
  }
  for (auto at = projects_.begin(); at != projects_.end();) {
    if (is_gone(at->second)) {
      drop(at->second);
      at = projects_.erase(at);
    } else {
      ++at;
    }
  }
  note_settled();
}

bool Roster::is_gone(Entry& entry) {
  if (update_credentials(entry)) {
    if (entry.missing) tell(false, "project is listed again", entry);
    entry.missing = false;
    return false;
  }
  if (!lists_.all_answered(entry.shown.credentials)) return false;
  if (entry.missing) return true;
  entry.missing = true;
  tell(true, "project is not listed any more", entry, "it stays until that is confirmed");
  return false;
}

void Roster::add_project(const Project& project, const WantedProject* wanted) {
  const auto [at, is_new] = projects_.try_emplace(project.id);
  if (!is_new) return;
  changed_ = true;
  Entry& entry = at->second;
  entry.wanted = wanted;
  entry.shown.takes_all = wanted == nullptr || !wanted->clusters;
  entry.shown.project = {project.id, to_string(project.id), {}};
  rename(entry, project);
}

/// The name that the configuration gives wins.
void Roster::rename(Entry& entry, const Project& project) {
  Project& known = entry.shown.project;
  const Project before = known;
  known.name = project.name;
  known.tags = project.tags;
  if (entry.wanted != nullptr && entry.wanted->name) known.name = *entry.wanted->name;
  entry.shown.excluded = entry.wanted == nullptr && is_excluded_whole(wanted_, known);
  if (entry.shown.excluded) {  // whoever comes back into view is as one seen for the first time
    entry.shown.clusters.clear();
    entry.shown.known_since.reset();
    entry.shown.problem.reset();
  }
  changed_ = changed_ || known != before;
  if (known.name != before.name && before.name != to_string(known.id)) {
    tell(false, "project has a new name", entry, "it was " + before.name);
  }
}

/// False: nobody sees it. Then it keeps those that saw it last.
bool Roster::update_credentials(Entry& entry) {
  if (entry.wanted != nullptr) {
    entry.shown.credentials = {entry.wanted->credential};
    return true;
  }
  std::vector<std::string> credentials = lists_.credentials_of(entry.shown.project.id);
  if (credentials.empty()) return false;
  changed_ = changed_ || credentials != entry.shown.credentials;
  entry.shown.credentials = std::move(credentials);
  return true;
}

void Roster::drop(const Entry& entry) {
  tell(true, "project is gone", entry);
  changed_ = true;
  for (const InventoryCluster& cluster : entry.shown.clusters) {
    note_gone(entry.shown.project.id, cluster);
  }
}

}  // namespace restorewatch
