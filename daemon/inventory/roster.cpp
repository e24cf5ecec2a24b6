#include "inventory/roster.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "jobs/sources.h"

namespace restorewatch {
namespace {

std::vector<InventoryCluster> as_inventory(const std::vector<KnownCluster>& clusters) {
  std::vector<InventoryCluster> known;
  for (const KnownCluster& cluster : clusters) {
    InventoryCluster one;
    one.cluster = cluster.cluster;
    one.sources = cluster.sources;
    known.push_back(std::move(one));
  }
  return known;
}

}  // namespace

Roster::Roster(Wanted wanted, const std::vector<KnownProject>& remembered,
               std::chrono::milliseconds confirm_after)
    : wanted_(std::move(wanted)), confirm_after_(confirm_after), lists_(wanted_.credentials) {
  add_wanted_projects();
  for (const KnownProject& known : remembered) take_over(known);
  settle_credentials();
  settle_clusters();
  news_.clear();
}

void Roster::take_over(const KnownProject& known) {
  if (!wanted_.projects) add_project(known.project, nullptr);
  const auto found = projects_.find(known.project.id);
  if (found == projects_.end()) return;
  Entry& entry = found->second;
  rename(entry, known.project);
  lists_.remember(known.project, known.credentials);
  if (entry.shown.excluded) return;
  entry.shown.known_since = known.known_since;
  entry.shown.clusters = as_inventory(known.clusters);
}

std::vector<Directory::ClusterQuestion> Roster::questions() const {
  std::vector<Directory::ClusterQuestion> questions;
  for (const auto& [id, entry] : projects_) {
    if (auto question = question_about(id)) questions.push_back(*std::move(question));
  }
  return questions;
}

std::optional<Directory::ClusterQuestion> Roster::question_about(const ProjectId& project) const {
  const auto found = projects_.find(project);
  if (found == projects_.end() || found->second.shown.excluded) return std::nullopt;
  const auto reads = [this](Source source) {
    return std::ranges::find(wanted_.sources, source) != wanted_.sources.end();
  };
  return Directory::ClusterQuestion{project, found->second.shown.credentials,
                                    reads(Source::Serverless), reads(Source::Flex)};
}

void Roster::clusters_listed(const ProjectId& project, Result<std::vector<Cluster>> answer,
                             WallTime now, bool whole) {
  const auto found = projects_.find(project);
  // It may have gone meanwhile, or out of view.
  if (found == projects_.end() || found->second.shown.excluded) return;
  Entry& entry = found->second;
  entry.answered = true;
  note_settled();
  if (!answer) return note_problem(entry, answer.error());
  const InventoryProject before = entry.shown;
  if (entry.shown.problem) tell(false, "clusters of the project can be listed again", entry);
  entry.shown.problem.reset();
  const bool first = !entry.shown.known_since;
  const Heard heard = first ? Heard::Never : entry.heard ? Heard::InThisRun : Heard::InAnEarlierRun;
  if (first) entry.shown.known_since = now;
  entry.heard = true;
  ClusterUpdate update =
      listed_clusters(wanted_, entry.shown.project, names_of(entry), entry.shown.clusters,
                      *std::move(answer), {heard, whole, now, confirm_after_});
  for (const InventoryCluster& gone : update.gone) note_gone(project, gone);
  entry.shown.clusters = std::move(update.clusters);
  std::ranges::move(update.news, std::back_inserter(news_));
  if (first) {
    tell(false, "project seen for the first time", entry,
         std::to_string(entry.shown.clusters.size()) + " clusters");
  }
  changed_ = changed_ || entry.shown != before;
}

bool Roster::misses_projects() const {
  return std::ranges::any_of(projects_, [this](const auto& project) {
    const Entry& entry = project.second;
    return entry.missing && lists_.all_answered(entry.shown.credentials);
  });
}

bool Roster::misses_clusters(const ProjectId& project) const {
  const auto found = projects_.find(project);
  if (found == projects_.end()) return false;
  const Entry& entry = found->second;
  return entry.heard && !entry.shown.problem &&
         std::ranges::any_of(entry.shown.clusters, [](const InventoryCluster& known) {
           return !known.listed && !known.configured;
         });
}

Inventory Roster::take_inventory() {
  Inventory inventory;
  inventory.settled = settled_;
  for (const auto& [id, entry] : projects_) inventory.projects.push_back(entry.shown);
  for (const std::string& credential : wanted_.credentials) {
    const Error* problem = lists_.problem_of(credential);
    if (problem == nullptr) continue;
    inventory.problems.push_back(*problem);
    inventory.problems.back().detail = "credential " + credential + ": " + problem->detail;
  }
  inventory.gone = std::exchange(gone_, {});
  // What has come back before anybody heard that it was gone has not been away.
  std::erase_if(inventory.gone, [this](const TargetKey& key) { return is_listed(key); });
  changed_ = false;
  return inventory;
}

bool Roster::is_listed(const TargetKey& key) const {
  const auto found = projects_.find(key.project_id);
  if (found == projects_.end()) return false;
  return std::ranges::any_of(found->second.shown.clusters, [&](const InventoryCluster& known) {
    const Cluster& cluster = known.cluster;
    return same_target(key, {key.project_id, cluster.name, key.source, cluster.id});
  });
}

std::vector<News> Roster::take_news() {
  return std::exchange(news_, {});
}

std::vector<KnownProject> Roster::to_remember() const {
  std::vector<KnownProject> known;
  for (const auto& [id, entry] : projects_) {
    KnownProject project{entry.shown.project, entry.shown.known_since, entry.shown.credentials, {}};
    for (const InventoryCluster& cluster : entry.shown.clusters) {
      project.clusters.push_back({cluster.cluster, cluster.sources});
    }
    known.push_back(std::move(project));
  }
  return known;
}

const std::vector<Cluster>* Roster::names_of(const Entry& entry) {
  return entry.wanted != nullptr && entry.wanted->clusters ? &*entry.wanted->clusters : nullptr;
}

/// For every source: it may have been looked at through others before, as one that was upgraded.
void Roster::note_gone(const ProjectId& project, const InventoryCluster& cluster) {
  for (const SourceFacts& facts : all_sources()) {
    gone_.push_back({project, cluster.cluster.name, facts.source, cluster.cluster.id});
  }
}

void Roster::note_problem(Entry& entry, Error problem) {
  if (!entry.shown.problem || entry.shown.problem->kind != problem.kind) {
    tell(true, "clusters of the project cannot be listed", entry, problem.detail);
  }
  changed_ = changed_ || entry.shown.problem != problem;
  entry.shown.problem = std::move(problem);
}

void Roster::note_settled() {
  if (settled_ || !projects_known_) return;
  settled_ = std::ranges::all_of(projects_, [](const auto& project) {
    return project.second.answered || project.second.shown.excluded;
  });
  changed_ = changed_ || settled_;
}

void Roster::tell(bool warning, std::string_view what, const Entry& entry, std::string detail) {
  const Project& project = entry.shown.project;
  news_.push_back({warning, what, project.id, project.name, "", std::move(detail)});
}

void Roster::tell(bool warning, std::string_view what, std::string detail) {
  news_.push_back({warning, what, {}, "", "", std::move(detail)});
}

}  // namespace restorewatch
