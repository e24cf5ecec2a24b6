#include "poller/fleet.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace restorewatch {
namespace {

/// Targets are numbered as they come; four thousand million would not fit into memory.
JobOwners::Keeper keeper_of(Fleet::TargetIndex index) {
  return static_cast<JobOwners::Keeper>(index);
}

}  // namespace

void Fleet::add(TargetIndex index, Target target, TargetRecord record,
                std::chrono::milliseconds interval, bool polled, SteadyTime now) {
  Entry entry;
  entry.polled_since = now;
  entry.target = std::move(target);
  entry.record = std::move(record);
  entry.interval = interval;
  entry.polled = polled;
  own_all(index, entry.target.key, entry.record.jobs);
  add_name(index, entry.target.key);
  entries_.emplace(index, std::move(entry));
  order_.clear();
}

void Fleet::rename(TargetIndex index, Target target) {
  Entry& entry = entries_.at(index);
  if (entry.target == target) return;
  remove_name(index, entry.target.key);
  add_name(index, target.key);
  entry.target = std::move(target);
  entry.record.key = entry.target.key;
  entry.outdate_view();
  order_.clear();
}

void Fleet::set_polled(TargetIndex index, bool polled, SteadyTime now) {
  Entry& entry = entries_.at(index);
  if (std::exchange(entry.polled, polled) == polled) return;
  entry.up.reset();
  entry.trouble.reset();
  entry.seen_at.reset();
  entry.polled_since = now;
  entry.outdate_summary();
}

void Fleet::set_interval(TargetIndex index, std::chrono::milliseconds interval) {
  Entry& entry = entries_.at(index);
  entry.interval = interval;
  entry.outdate_view();
}

void Fleet::set_options(Options options) {
  options_ = std::move(options);
  for (auto& [index, entry] : entries_) entry.outdate_view();
}

void Fleet::set_hidden(TargetIndex index, bool hidden) {
  entries_.at(index).hidden = hidden;
}

void Fleet::remove(TargetIndex index) {
  disown(index);
  remove_name(index, entry(index).target.key);
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
  const auto owner = owned->second.owner_of(job);
  return owner ? std::optional<TargetIndex>(*owner) : std::nullopt;
}

bool Fleet::knows(TargetIndex index, const RestoreJob& shown) const {
  if (entry(index).record.jobs.shows(shown)) return true;
  const auto owner = owner_of(entry(index).target.key.project_id, shown.id);
  return owner && *owner != index && entry(*owner).record.jobs.shows(shown);
}

bool Fleet::is_kept_elsewhere(TargetIndex index, const JobId& job) const {
  const auto owned = owners_.find(entry(index).target.key.project_id);
  return owned != owners_.end() && owned->second.is_kept_by_another(job, keeper_of(index));
}

bool Fleet::has_namesake(TargetIndex index) const {
  const TargetKey& key = entry(index).target.key;
  return std::ranges::any_of(named_like(key), [&](TargetIndex other) {
    return entry(other).polled && entry(other).target.key.cluster_id != key.cluster_id;
  });
}

bool Fleet::has_unseen_successor(TargetIndex index) const {
  const TargetKey& key = entry(index).target.key;
  return std::ranges::any_of(named_like(key), [&](TargetIndex other) {
    return other != index && entry(other).polled && !entry(other).record.baseline_at &&
           entry(other).target.key.source == key.source;
  });
}

void Fleet::add_name(TargetIndex index, const TargetKey& key) {
  by_name_[{key.project_id, key.cluster_name}].push_back(index);
}

void Fleet::remove_name(TargetIndex index, const TargetKey& key) {
  const auto named = by_name_.find({key.project_id, key.cluster_name});
  std::erase(named->second, index);
  if (named->second.empty()) by_name_.erase(named);
}

std::vector<Fleet::TargetIndex> Fleet::named_like(TargetIndex index) const {
  const auto named = named_like(entry(index).target.key);
  return {named.begin(), named.end()};
}

std::span<const Fleet::TargetIndex> Fleet::named_like(const TargetKey& key) const {
  return by_name_.at({key.project_id, key.cluster_name});
}

bool Fleet::keeps(TargetIndex index, const JobId& job) const {
  const auto found = entries_.find(index);
  return found != entries_.end() && found->second.record.jobs.contains(job);
}

void Fleet::disown(TargetIndex index) {
  for (const JobView job : entry(index).record.jobs) disown(index, job.id());
}

void Fleet::disown(TargetIndex index, const JobId& job) {
  const auto owned = owners_.find(entry(index).target.key.project_id);
  if (owned == owners_.end()) return;
  owned->second.remove(job, keeper_of(index));
  if (owned->second.empty()) owners_.erase(owned);
}

/// To be told before the job is in the target's table. A target that is looked at is believed
/// before one that is not.
void Fleet::own(TargetIndex index, const ProjectId& project, const JobId& job, bool is_new) {
  const auto keeps = [this](std::size_t at, const JobId& id) { return this->keeps(at, id); };
  JobOwners& owners = owners_.try_emplace(project, keeps).first->second;
  const auto owner = owners.owner_of(job);
  if (is_new) owners.add(job, keeper_of(index));
  if (owner && *owner != index && !is_polled(*owner)) owners.make_owner(job, keeper_of(index));
}

void Fleet::own_all(TargetIndex index, const TargetKey& key, const JobTable& jobs) {
  for (const JobView job : jobs) own(index, key.project_id, job.id(), /*is_new=*/true);
}

void Fleet::committed(TargetIndex index, const PollResult& result) {
  Entry& entry = entries_.at(index);
  for (const TrackedJob& tracked : result.jobs) {
    const JobId& job = tracked.job.id;
    own(index, entry.target.key.project_id, job, !entry.record.jobs.contains(job));
  }
  apply(result, entry.record);
  for (const Transition& transition : result.transitions) count(transition, totals_);
  entry.outdate_summary();
}

void Fleet::forget(WallTime horizon) {
  for (auto& [index, entry] : entries_) {
    for (const JobView job : entry.record.jobs) {
      if (is_forgotten(job, horizon)) disown(index, job.id());
    }
    if (restorewatch::forget(entry.record, horizon) == 0) continue;
    entry.outdate_summary();
  }
}

void Fleet::replace(TargetIndex index, TargetRecord record) {
  Entry& entry = entries_.at(index);
  disown(index);
  entry.record = {};
  own_all(index, entry.target.key, record.jobs);
  entry.record = std::move(record);
  entry.outdate_summary();
}

Fleet::Change Fleet::saw(TargetIndex index, std::optional<WallTime> looked_at, SteadyTime now) {
  Entry& entry = entries_.at(index);
  const Change change{.now_up = entry.up == false, .now_down = false};
  entry.up = true;
  entry.trouble.reset();
  if (looked_at) entry.seen_at = now;
  if (looked_at) entry.record.last_looked_at = looked_at;
  entry.outdate_view();
  return change;
}

Fleet::Change Fleet::failed(TargetIndex index, ErrorKind why, WallTime at) {
  Entry& entry = entries_.at(index);
  const bool is_news = !entry.trouble || entry.trouble->kind != why;
  const Change change{.now_up = false, .now_down = is_news};
  entry.up = false;
  entry.trouble = Trouble{why, entry.trouble ? entry.trouble->since : at};
  entry.outdate_view();
  return change;
}

}  // namespace restorewatch
