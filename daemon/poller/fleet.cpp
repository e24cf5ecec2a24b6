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

void Fleet::add(Target target, TargetRecord record) {
  Entry entry;
  entry.target = std::move(target);
  entry.summary = summarize(record.jobs);
  entry.record = std::move(record);
  entries_.push_back(std::move(entry));
}

void Fleet::committed(TargetIndex index, const PollResult& result) {
  Entry& entry = entries_[index];
  apply(result, entry.record);
  for (const Transition& transition : result.transitions) count(transition, totals_);
  entry.summary = summarize(entry.record.jobs);
  entry.view.reset();
}

void Fleet::replace(TargetIndex index, TargetRecord record) {
  Entry& entry = entries_[index];
  entry.record = std::move(record);
  entry.summary = summarize(entry.record.jobs);
  entry.view.reset();
}

Fleet::Change Fleet::saw(TargetIndex index, std::optional<WallTime> looked_at, SteadyTime now) {
  Entry& entry = entries_[index];
  const Change change{.now_up = entry.up != true, .now_down = false};
  entry.up = true;
  entry.down_for.reset();
  if (looked_at) entry.seen_at = now;
  if (looked_at) entry.record.last_looked_at = looked_at;
  entry.view.reset();
  return change;
}

Fleet::Change Fleet::failed(TargetIndex index, ErrorKind why) {
  Entry& entry = entries_[index];
  const Change change{.now_up = false, .now_down = entry.down_for != why};
  entry.up = false;
  entry.down_for = why;
  entry.view.reset();
  return change;
}

std::shared_ptr<const Snapshot> Fleet::snapshot(WallTime wall_now, SteadyTime now) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->targets.reserve(entries_.size());
  const JobId oldest_listed = oldest_job_to_list(wall_now);
  for (Entry& entry : entries_) {
    const bool unknown = is_present_unknown(entry, now);
    if (!entry.view || entry.view->present_unknown != unknown || options_.list_jobs) {
      entry.view = make_view(entry, unknown, wall_now, oldest_listed);
    }
    snapshot->targets.push_back(entry.view);
  }
  snapshot->totals = totals_;
  return snapshot;
}

bool Fleet::is_present_unknown(const Entry& entry, SteadyTime now) const {
  return !entry.record.baseline_at || now - entry.seen_at.value_or(started_) > options_.stale_after;
}

std::shared_ptr<const TargetView> Fleet::make_view(const Entry& entry, bool unknown,
                                                   WallTime wall_now,
                                                   const JobId& oldest_listed) const {
  auto view = std::make_shared<TargetView>();
  view->target = entry.target;
  view->summary = entry.summary;
  view->counters = entry.record.counters;
  view->up = entry.up;
  view->last_success_at = entry.record.last_looked_at;
  view->present_unknown = unknown;
  view->effective_interval = options_.interval;
  if (!options_.list_jobs) return view;
  for (const auto& [id, tracked] : entry.record.jobs) {
    if (id >= oldest_listed && is_listed(tracked, wall_now)) view->jobs.push_back(tracked.job);
  }
  return view;
}

bool Fleet::is_listed(const TrackedJob& tracked, WallTime wall_now) const {
  if (!is_ended(tracked.job.state)) return true;
  return tracked.ended_at && *tracked.ended_at >= wall_now - options_.job_retention;
}

/// Ids sort by age, so the bound on listed jobs is an id: of all targets together, the newest.
JobId Fleet::oldest_job_to_list(WallTime wall_now) const {
  std::vector<JobId> ids;
  if (!options_.list_jobs) return {};
  for (const Entry& entry : entries_) {
    for (const auto& [id, tracked] : entry.record.jobs) {
      if (is_listed(tracked, wall_now)) ids.push_back(id);
    }
  }
  if (ids.size() <= options_.max_listed_jobs) return {};
  if (options_.max_listed_jobs == 0) return kNewestId;
  const auto bound = ids.begin() + static_cast<std::ptrdiff_t>(options_.max_listed_jobs - 1);
  std::ranges::nth_element(ids, bound, std::ranges::greater());
  return *bound;
}

}  // namespace restorewatch
