#include "poller/fleet.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace restorewatch {
namespace {

/// Later than any id: nothing is listed.
constexpr JobId kNewestId{{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}};

}  // namespace

void Fleet::add(TargetIndex index, Target target, TargetRecord record,
                std::chrono::milliseconds interval, bool polled, SteadyTime now) {
  Entry entry;
  entry.polled_since = now;
  entry.target = std::move(target);
  entry.record = std::move(record);
  entry.interval = interval;
  entry.polled = polled;
  const ProjectId project = entry.target.key.project_id;
  for (const auto& [id, tracked] : entry.record.jobs) own(index, project, id);
  entries_.emplace(index, std::move(entry));
  order_.clear();
}

void Fleet::rename(TargetIndex index, Target target) {
  Entry& entry = entries_.at(index);
  if (entry.target == target) return;
  entry.target = std::move(target);
  entry.record.key = entry.target.key;
  entry.view.reset();
  order_.clear();
}

void Fleet::set_polled(TargetIndex index, bool polled, SteadyTime now) {
  Entry& entry = entries_.at(index);
  if (std::exchange(entry.polled, polled) == polled) return;
  entry.up.reset();
  entry.down_for.reset();
  entry.seen_at.reset();
  entry.polled_since = now;
  entry.view.reset();
}

void Fleet::set_interval(TargetIndex index, std::chrono::milliseconds interval) {
  Entry& entry = entries_.at(index);
  entry.interval = interval;
  entry.view.reset();
}

void Fleet::set_options(Options options) {
  options_ = options;
  for (auto& [index, entry] : entries_) entry.view.reset();
}

void Fleet::set_hidden(TargetIndex index, bool hidden) {
  entries_.at(index).hidden = hidden;
}

void Fleet::remove(TargetIndex index) {
  disown(index);
  entries_.erase(index);
  order_.clear();
}

void Fleet::set_inventory(std::shared_ptr<const Inventory> inventory) {
  inventory_ = std::move(inventory);
}

std::vector<WatchedTarget> Fleet::targets() const {
  std::vector<WatchedTarget> targets;
  targets.reserve(entries_.size());
  for (const auto& [index, entry] : entries_) targets.push_back({index, entry.target.key});
  return targets;
}

void Fleet::claim(TargetIndex index, const PollResult& result) {
  const ProjectId& project = entry(index).target.key.project_id;
  for (const TrackedJob& tracked : result.jobs) claims_.insert({{project, tracked.job.id}, index});
}

void Fleet::release(TargetIndex index, const PollResult& result) {
  const ProjectId& project = entry(index).target.key.project_id;
  for (const TrackedJob& tracked : result.jobs) {
    const auto claim = claims_.find({project, tracked.job.id});
    if (claim != claims_.end() && claim->second == index) claims_.erase(claim);
  }
}

std::optional<Fleet::TargetIndex> Fleet::claimed_by(const ProjectId& project,
                                                    const JobId& job) const {
  const auto claim = claims_.find({project, job});
  return claim == claims_.end() ? std::nullopt : std::optional(claim->second);
}

std::optional<Fleet::TargetIndex> Fleet::owner_of(const ProjectId& project,
                                                  const JobId& job) const {
  if (const auto claimed = claimed_by(project, job)) return claimed;
  const auto owned = owners_.find(project);
  if (owned == owners_.end()) return std::nullopt;
  const auto owner = owned->second.find(job);
  return owner == owned->second.end() ? std::nullopt : std::optional(owner->second);
}

bool Fleet::is_kept_elsewhere(TargetIndex index, const JobId& job) const {
  const ProjectId& project = entry(index).target.key.project_id;
  return std::ranges::any_of(entries_, [&](const auto& other) {
    return other.first != index && other.second.target.key.project_id == project &&
           other.second.record.jobs.contains(job);
  });
}

bool Fleet::has_namesake(TargetIndex index) const {
  const TargetKey& key = entry(index).target.key;
  return std::ranges::any_of(entries_, [&](const auto& other) {
    const TargetKey& its_key = other.second.target.key;
    return other.second.polled && its_key.project_id == key.project_id &&
           its_key.cluster_name == key.cluster_name && its_key.cluster_id != key.cluster_id;
  });
}

bool Fleet::has_unseen_successor(TargetIndex index) const {
  const TargetKey& key = entry(index).target.key;
  return std::ranges::any_of(entries_, [&](const auto& other) {
    const TargetKey& its_key = other.second.target.key;
    return other.first != index && other.second.polled && !other.second.record.baseline_at &&
           its_key.project_id == key.project_id && its_key.source == key.source &&
           its_key.cluster_name == key.cluster_name;
  });
}

void Fleet::disown(TargetIndex index) {
  for (const auto& [id, tracked] : entry(index).record.jobs) disown(index, id);
}

/// Where it is still the owner.
void Fleet::disown(TargetIndex index, const JobId& id) {
  const auto owned = owners_.find(entry(index).target.key.project_id);
  if (owned == owners_.end()) return;  // all that it had has moved away
  const auto job = owned->second.find(id);
  if (job != owned->second.end() && job->second == index) owned->second.erase(job);
  if (owned->second.empty()) owners_.erase(owned);
}

/// A target that is looked at is believed before one that is not.
void Fleet::own(TargetIndex index, const ProjectId& project, const JobId& job) {
  const auto [at, is_new] = owners_[project].try_emplace(job, index);
  if (is_new || at->second == index) return;
  const auto other = entries_.find(at->second);
  if (other == entries_.end() || !other->second.polled) at->second = index;
}

void Fleet::committed(TargetIndex index, const PollResult& result) {
  Entry& entry = entries_.at(index);
  apply(result, entry.record);
  for (const Transition& transition : result.transitions) count(transition, totals_);
  for (const TrackedJob& tracked : result.jobs) {
    own(index, entry.target.key.project_id, tracked.job.id);
  }
  entry.summary.reset();
  entry.view.reset();
}

void Fleet::forget(WallTime horizon) {
  for (auto& [index, entry] : entries_) {
    for (const auto& [id, tracked] : entry.record.jobs) {
      if (is_forgotten(tracked, horizon)) disown(index, id);
    }
    if (restorewatch::forget(entry.record, horizon) == 0) continue;
    entry.summary.reset();
    entry.view.reset();
  }
}

void Fleet::replace(TargetIndex index, TargetRecord record) {
  Entry& entry = entries_.at(index);
  disown(index);
  entry.record = std::move(record);
  for (const auto& [id, tracked] : entry.record.jobs) own(index, entry.target.key.project_id, id);
  entry.summary.reset();
  entry.view.reset();
}

Fleet::Change Fleet::saw(TargetIndex index, std::optional<WallTime> looked_at, SteadyTime now) {
  Entry& entry = entries_.at(index);
  const Change change{.now_up = entry.up == false, .now_down = false};
  entry.up = true;
  entry.down_for.reset();
  if (looked_at) entry.seen_at = now;
  if (looked_at) entry.record.last_looked_at = looked_at;
  entry.view.reset();
  return change;
}

Fleet::Change Fleet::failed(TargetIndex index, ErrorKind why) {
  Entry& entry = entries_.at(index);
  const Change change{.now_up = false, .now_down = entry.down_for != why};
  entry.up = false;
  entry.down_for = why;
  entry.view.reset();
  return change;
}

std::shared_ptr<const Snapshot> Fleet::snapshot(WallTime atlas_now, SteadyTime now) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->targets.reserve(entries_.size());
  const JobId oldest_listed = oldest_job_to_list(atlas_now);
  for (const TargetIndex index : in_key_order()) {
    Entry& entry = entries_.at(index);
    if (entry.hidden) continue;
    bring_up_to_date(entry, atlas_now);
    const bool is_old = !entry.view || entry.view->sight != sight_of(entry, now) ||
                        entry.view->present_unknown != is_present_unknown(entry, now);
    if (is_old || options_.list_jobs) entry.view = make_view(entry, atlas_now, now, oldest_listed);
    snapshot->targets.push_back(entry.view);
  }
  snapshot->totals = totals_;
  snapshot->inventory = inventory_;
  return snapshot;
}

const std::vector<Fleet::TargetIndex>& Fleet::in_key_order() {
  if (order_.size() == entries_.size()) return order_;
  order_.clear();
  for (const auto& [index, entry] : entries_) order_.push_back(index);
  std::ranges::sort(order_, {}, [this](TargetIndex index) { return entry(index).target.key; });
  return order_;
}

/// A summary holds until its first link runs out.
void Fleet::bring_up_to_date(Entry& entry, WallTime atlas_now) {
  const auto& summary = entry.summary;
  if (summary && !(summary->link_expires_at && *summary->link_expires_at <= atlas_now)) return;
  entry.summary = summarize(entry.record.jobs, atlas_now);
  entry.view.reset();
}

bool Fleet::is_present_unknown(const Entry& entry, SteadyTime now) const {
  return !entry.record.baseline_at || now - entry.seen_at.value_or(started_) > options_.stale_after;
}

Sight Fleet::sight_of(const Entry& entry, SteadyTime now) const {
  if (now - entry.seen_at.value_or(entry.polled_since) > options_.stale_after) return Sight::Blind;
  return entry.seen_at ? Sight::Visible : Sight::Undecided;
}

std::shared_ptr<const TargetView> Fleet::make_view(const Entry& entry, WallTime atlas_now,
                                                   SteadyTime now,
                                                   const JobId& oldest_listed) const {
  auto view = std::make_shared<TargetView>();
  view->target = entry.target;
  view->summary = *entry.summary;
  view->counters = entry.record.counters;
  view->up = entry.up;
  view->last_success_at = entry.record.last_looked_at;
  view->present_unknown = is_present_unknown(entry, now);
  view->sight = sight_of(entry, now);
  view->effective_interval = entry.interval;
  view->polled = entry.polled;
  if (!entry.polled) forget_the_present(view->summary);
  if (!options_.list_jobs || !entry.polled) return view;
  for (const auto& [id, tracked] : entry.record.jobs) {
    if (id >= oldest_listed && is_listed(tracked, atlas_now)) view->jobs.push_back(tracked.job);
  }
  return view;
}

bool Fleet::is_listed(const TrackedJob& tracked, WallTime atlas_now) const {
  if (!is_ended(tracked.job.state)) return true;
  return tracked.ended_at && *tracked.ended_at >= atlas_now - options_.job_retention;
}

/// Ids sort by age, so the bound on listed jobs is an id: of all targets together, the newest.
JobId Fleet::oldest_job_to_list(WallTime atlas_now) const {
  std::vector<JobId> ids;
  if (!options_.list_jobs) return {};
  for (const auto& [index, entry] : entries_) {
    if (!entry.polled) continue;
    for (const auto& [id, tracked] : entry.record.jobs) {
      if (is_listed(tracked, atlas_now)) ids.push_back(id);
    }
  }
  if (ids.size() <= options_.max_listed_jobs) return {};
  if (options_.max_listed_jobs == 0) return kNewestId;
  const auto bound = ids.begin() + static_cast<std::ptrdiff_t>(options_.max_listed_jobs - 1);
  std::ranges::nth_element(ids, bound, std::ranges::greater());
  return *bound;
}

}  // namespace restorewatch
