#include "app/limit_watch.h"

#include <algorithm>
#include <chrono>

namespace restorewatch {
namespace {

constexpr std::chrono::hours kAskAgainAfter{24};
constexpr std::chrono::hours kTryAgainAfter{1};

bool is_watched(const InventoryProject& project) {
  const auto is_looked_at = [](const InventoryCluster& known) { return !known.sources.empty(); };
  return !project.credentials.empty() && std::ranges::any_of(project.clusters, is_looked_at);
}

}  // namespace

void LimitWatch::watch(std::shared_ptr<const Inventory> inventory) {
  inventory_ = std::move(inventory);
  if (!enabled_ || stopping_) return;
  take_projects();
  ask_next();
}

void LimitWatch::set_enabled(bool enabled) {
  enabled_ = enabled;
  if (inventory_) watch(inventory_);
}

/// A project that stays keeps its turn.
void LimitWatch::take_projects() {
  const SteadyTime now = deps_.clock.steady_now();
  std::map<ProjectId, Known> projects;
  queue_.clear();
  for (const InventoryProject& project : inventory_->projects) {
    if (!is_watched(project)) continue;
    const ProjectId& id = project.project.id;
    const auto before = projects_.find(id);
    Known known = before == projects_.end() ? Known{now, {}} : before->second;
    known.credentials = project.credentials;
    queue_.emplace(known.due, id);
    projects.emplace(id, std::move(known));
  }
  projects_ = std::move(projects);
}

void LimitWatch::ask_next() {
  if (!enabled_ || stopping_ || asking_ || queue_.empty()) return;
  const auto [due, id] = *queue_.begin();
  if (due > deps_.clock.steady_now()) return wake_at(due);
  ask(id, projects_.at(id));
}

void LimitWatch::wake_at(SteadyTime when) {
  if (wakes_at_ && *wakes_at_ <= when) return;
  wakes_at_ = when;
  deps_.loop.at(when, [this] {
    wakes_at_.reset();
    ask_next();
  });
}

void LimitWatch::set_due(const ProjectId& id, Known& known, std::chrono::hours from_now) {
  queue_.erase({known.due, id});
  known.due = deps_.clock.steady_now() + from_now;
  queue_.emplace(known.due, id);
}

void LimitWatch::ask(const ProjectId& id, Known& known) {
  asking_ = true;
  set_due(id, known, kAskAgainAfter);
  deps_.ask(id, known.credentials, [this, id](const Result<std::vector<SetLimit>>& limits) {
    asking_ = false;
    answered(id, limits);
    ask_next();
  });
}

void LimitWatch::answered(const ProjectId& id, const Result<std::vector<SetLimit>>& limits) {
  const auto known = projects_.find(id);
  if (stopping_ || known == projects_.end()) return;
  if (!limits) {
    set_due(id, known->second, kTryAgainAfter);
    if (std::exchange(known->second.has_failed, true)) return;
    deps_.log.warn("the rate limits of a project cannot be read; what is known of them stays",
                   {{"project_id", to_string(id)}, {"reason", limits.error().detail}});
    return;
  }
  known->second.has_failed = false;
  for (const SetLimit& told : *limits) {
    BucketNews news;
    news.limit = told.limit;
    // No call of that bucket has been answered, so this must not end a pause of it.
    deps_.budget.answered({to_string(id), told.endpoint_set}, SteadyTime::min(), news);
  }
}

}  // namespace restorewatch
