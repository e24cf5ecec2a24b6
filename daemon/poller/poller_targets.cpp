// How the poller's targets come and go; how they are looked at is in poller.cpp.

#include <algorithm>
#include <utility>

#include "poller/poller.h"

namespace restorewatch {
namespace {

/// Mixes a target's identity into a place in the interval: FNV-1a, the same on every machine.
std::uint64_t place_of(const TargetKey& key) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  const auto mix = [&](std::uint8_t byte) { hash = (hash ^ byte) * 0x100000001B3ULL; };
  for (const std::uint8_t byte : key.project_id.bytes) mix(byte);
  for (const char c : key.cluster_name) mix(static_cast<std::uint8_t>(c));
  mix(static_cast<std::uint8_t>(key.source));
  return hash;
}

}  // namespace

void Poller::watch(std::shared_ptr<const Inventory> inventory) {
  if (stopping_) return;
  const bool first = inventory_ == nullptr;
  inventory_ = std::move(inventory);
  watch_again_ = false;
  fleet_.set_inventory(inventory_);
  apply(plan_of(fleet_.targets(), *inventory_));
  if (first) show_resting(*inventory_);
  telemetry_.inventory(*inventory_);
  if (inventory_->settled && !std::exchange(orphans_settled_, true)) settle_orphans();
  if (inventory_->settled) sweep_.settle();
  report_sweep();
  publish_soon();
  start_due_looks();
}

void Poller::apply(const WatchPlan& plan) {
  for (const Rest& resting : plan.rest) {
    fleet_.rename(resting.index, resting.target);
    rest(resting.index, resting.for_good);
  }
  for (const auto& [index, target] : plan.keep) keep(index, target);
  for (const Target& target : plan.begin) {
    if (!begin(target, /*polled=*/true)) watch_again_ = true;
  }
  for (const auto& [index, memory] : memories_) {
    if (memory.leaving != Memory::Leaving::No && fleet_.has_namesake(index)) {
      fleet_.set_hidden(index, true);
    }
  }
  // Who leaves may have a successor, which has to be there by now.
  for (const TargetIndex index : plan.lose) leave(index, Memory::Leaving::Losing);
  for (const TargetIndex index : plan.leave) leave(index, Memory::Leaving::Quietly);
}

/// What an earlier run saw of clusters that are there but not looked at any more.
void Poller::show_resting(const Inventory& inventory) {
  const auto stored = deps_.store.known_targets();
  if (!stored) {
    deps_.log.error("the store cannot be read", {{"reason", stored.error().detail}});
    return;
  }
  for (Rest& resting : resting_targets(*stored, inventory)) {
    const auto index = begin(std::move(resting.target), /*polled=*/false);
    if (index) memories_[*index].for_good = resting.for_good;
  }
}

/// Of a cluster that went while nobody watched, or just before an earlier run ended.
void Poller::settle_orphans() {
  const auto stored = deps_.store.known_targets();
  if (!stored) return;
  const auto present = fleet_.targets();
  for (Target& orphan : orphans(*stored, present, *inventory_)) {
    const auto index = begin(std::move(orphan), /*polled=*/false);
    if (index) leave(*index, Memory::Leaving::Losing);
  }
}

/// Absent: its record cannot be read.
std::optional<Poller::TargetIndex> Poller::begin(Target target, bool polled) {
  auto record = deps_.store.load(target.key);
  if (!record) {
    deps_.log.error("the store cannot be read",
                    {{"reason", record.error().detail}, {"cluster_name", target.key.cluster_name}});
    return std::nullopt;
  }
  const SteadyTime now = deps_.clock.steady_now();
  const auto bucket = deps_.budget.find(deps_.source.bucket_of(target), now);
  const Schedule::Turns turns = turns_of(target.key);
  // What is seen for the first time is not kept waiting for an interval that may be long.
  const auto first_within = record->baseline_at ? turns.interval : options_.interval;
  const TargetIndex index = schedule_.add(bucket, turns, active_jobs(*record), first_within, now);
  memories_[index] = {};
  fleet_.add(index, std::move(target), *std::move(record), turns.interval, polled, now);
  if (polled) {
    sweep_.add(index);
  } else {
    schedule_.suspend(index, now);
    memories_[index].resting_since = now;
  }
  return index;
}

Schedule::Turns Poller::turns_of(const TargetKey& key) const {
  return {options_.interval_of(key.source), options_.active_interval, options_.full_sweep_interval,
          place_of(key)};
}

Schedule::ActiveJobs Poller::active_jobs(const TargetRecord& record) const {
  return young_active_jobs(record, atlas_now()).size();
}

void Poller::keep(TargetIndex index, Target target) {
  fleet_.rename(index, std::move(target));
  Memory& memory = memories_[index];
  if (memory.leaving != Memory::Leaving::No) {  // it has come back
    if (memory.under_way > 0) {
      watch_again_ = true;
      return;
    }
    memory.leaving = Memory::Leaving::No;
    fleet_.set_hidden(index, false);
  }
  if (memory.withdrawn || fleet_.is_polled(index)) return;
  memory.resting_since.reset();
  memory.for_good = false;
  const SteadyTime now = deps_.clock.steady_now();
  fleet_.set_polled(index, true, now);
  schedule_.resume(index, now);
  sweep_.add(index);
}

void Poller::rest(TargetIndex index, bool for_good) {
  memories_[index].for_good = for_good;
  if (!fleet_.is_polled(index)) return;
  const SteadyTime now = deps_.clock.steady_now();
  memories_[index].resting_since = now;
  fleet_.set_polled(index, false, now);
  schedule_.suspend(index, now);
  sweep_.remove(index);
}

void Poller::leave(TargetIndex index, Memory::Leaving how) {
  rest(index, /*for_good=*/true);
  fleet_.set_hidden(index, how == Memory::Leaving::Quietly || fleet_.has_namesake(index));
  memories_[index].leaving = how;
  settle(index);
}

/// Does what is left to do for a target that nobody looks at any more, as far as that is possible
/// now: what nobody will ever hear of is lost in the end, and who leaves goes.
void Poller::settle(TargetIndex index) {
  const Memory& memory = memories_.at(index);
  if (memory.under_way > 0 || !memory.resting_since) return;
  const bool waited = deps_.clock.steady_now() - *memory.resting_since >= options_.lost_after;
  const bool losing = memory.leaving == Memory::Leaving::Losing;
  if (losing && !waited && fleet_.has_unseen_successor(index)) return;  // it may show its jobs
  const bool loses = losing || (memory.leaving == Memory::Leaving::No && memory.for_good && waited);
  if (loses) {
    const std::vector<JobId> jobs = jobs_to_lose(index);
    if (!jobs.empty()) return lose_jobs(index, jobs);
  }
  if (memory.leaving == Memory::Leaving::No) return;
  // A count that goes with the very sample that it should be in would never be seen.
  if (memory.has_lost && !waited && !fleet_.has_namesake(index)) return;
  looks_to_remember_.erase(index);
  odd_answers_.forget(index);
  fleet_.remove(index);
  schedule_.remove(index, deps_.clock.steady_now());
  memories_.erase(index);
}

void Poller::settle_resting() {
  std::vector<TargetIndex> resting;
  for (const auto& [index, memory] : memories_) {
    if (memory.resting_since) resting.push_back(index);
  }
  std::ranges::sort(resting);  // who was there first is settled first
  for (const TargetIndex index : resting) settle(index);
}

/// Once one of them has been seen, who has waited for its jobs need not wait any more.
void Poller::settle_all_named_like(TargetIndex index) {
  for (const TargetIndex namesake : fleet_.named_like(index)) settle(namesake);
}

/// The open jobs, but for those that another target has, as after an upgrade.
std::vector<JobId> Poller::jobs_to_lose(TargetIndex index) const {
  std::vector<JobId> jobs = open_jobs(fleet_.record(index));
  std::erase_if(jobs, [&](const JobId& job) { return fleet_.is_kept_elsewhere(index, job); });
  return jobs;
}

void Poller::lose_jobs(TargetIndex index, const std::vector<JobId>& jobs) {
  const LookFacts facts = facts_about(index, deps_.clock.wall_now(), atlas_now(), options_);
  const Diff lost = lose(fleet_.record(index), jobs, facts);
  ++memories_[index].under_way;
  fleet_.claim(index, lost.result);
  deps_.store.commit(lost.result, [this, index, lost](CommitStatus status) {
    deps_.loop.post([this, index, lost, status] {
      --memories_[index].under_way;
      fleet_.release(index, lost.result);
      if (status == CommitStatus::Conflict) load_again(index);
      if (status != CommitStatus::Committed) return;  // tried again when the house is kept
      fleet_.committed(index, lost.result);
      memories_[index].has_lost = true;
      settle(index);
      publish_soon();
    });
  });
}

void Poller::forget(WallTime horizon) {
  forgotten_before_ = std::max(forgotten_before_.value_or(horizon), horizon);
  for (auto& [index, memory] : memories_) memory.answer.reset();
  fleet_.forget(horizon);
  publish_soon();
}

/// Nothing more will come from there: it is said once, and nobody asks again.
void Poller::withdraw_gone_source(TargetIndex index, const Error& error) {
  const Target& target = fleet_.target(index);
  if (told_gone_.emplace(target.key.source, target.api).second) {
    deps_.log.warn("Atlas does not serve this source any more; its clusters are not asked again",
                   {{"source", label(target.key.source)},
                    {"api", label(target.api)},
                    {"project_id", to_string(target.key.project_id)},
                    {"cluster_name", target.key.cluster_name},
                    {"detail", error.detail}});
  }
  memories_[index].withdrawn = true;
  rest(index, /*for_good=*/true);
}

/// Its backups were watched for as long as Atlas told of them.
void Poller::withdraw_deleted(TargetIndex index, const Error& error) {
  const Target& target = fleet_.target(index);
  deps_.log.info("Atlas tells no more of a deleted cluster; it is not asked again",
                 {{"project_id", to_string(target.key.project_id)},
                  {"cluster_name", target.key.cluster_name},
                  {"source", label(target.key.source)},
                  {"detail", error.detail}});
  memories_[index].withdrawn = true;
  rest(index, /*for_good=*/true);
}

}  // namespace restorewatch
