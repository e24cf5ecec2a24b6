// How the roster follows the configuration; what Atlas says is in roster.cpp.

#include <algorithm>
#include <iterator>
#include <utility>

#include "inventory/roster.h"

namespace restorewatch {

namespace {

bool lists_serverless(const Wanted& wanted) {
  return std::ranges::find(wanted.sources, Source::Serverless) != wanted.sources.end();
}

}  // namespace

void Roster::reconfigure(Wanted wanted, std::chrono::milliseconds confirm_after) {
  std::map<ProjectId, Entry> before = std::exchange(projects_, {});
  const bool more_lists = lists_serverless(wanted) && !lists_serverless(wanted_);
  wanted_ = std::move(wanted);
  confirm_after_ = confirm_after;
  lists_.set_credentials(wanted_.credentials);
  std::vector<News> news = std::exchange(news_, {});
  add_wanted_projects();
  for (auto& [id, entry] : before) carry_over(std::move(entry), more_lists);
  settle_credentials();
  settle_clusters();
  news_ = std::move(news);  // what only follows from the configuration is no news
  changed_ = true;
}

void Roster::add_wanted_projects() {
  if (!wanted_.projects) return;
  for (const WantedProject& project : *wanted_.projects) {
    add_project({project.id, to_string(project.id), {}}, &project);
  }
}

/// Projects that no credential sees are not there.
void Roster::settle_credentials() {
  for (auto at = projects_.begin(); at != projects_.end();) {
    at = update_credentials(at->second) ? std::next(at) : projects_.erase(at);
  }
}

void Roster::settle_clusters() {
  for (auto& [id, entry] : projects_) {
    entry.shown.clusters = remembered_clusters(wanted_, entry.shown.project, names_of(entry),
                                               std::move(entry.shown.clusters))
                               .clusters;
  }
}

void Roster::carry_over(Entry before, bool more_lists) {
  if (!wanted_.projects) add_project(before.shown.project, nullptr);
  const auto found = projects_.find(before.shown.project.id);
  if (found == projects_.end()) return;
  Entry& entry = found->second;
  rename(entry, before.shown.project);
  if (!lists_.all_answered(before.shown.credentials)) {
    lists_.remember(before.shown.project, before.shown.credentials);
  }
  if (entry.shown.excluded || before.shown.excluded) return;
  entry.shown.credentials = std::move(before.shown.credentials);
  entry.shown.clusters = std::move(before.shown.clusters);
  entry.missing = before.missing;
  entry.answered = before.answered;
  entry.shown.problem = std::move(before.shown.problem);
  // Of a project that had a few clusters by name, the others are not new when it takes all.
  // Nor are the serverless instances when their list was not read before.
  if (entry.shown.takes_all && (!before.shown.takes_all || more_lists)) return;
  entry.shown.known_since = before.shown.known_since;
  entry.heard = before.heard;
}

}  // namespace restorewatch
