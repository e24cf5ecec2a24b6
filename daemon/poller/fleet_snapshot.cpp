// What is shown of the fleet, once a second.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <tuple>

#include "poller/fleet.h"

namespace restorewatch {
namespace {

/// Later than any id: nothing is listed.
constexpr JobId kNewestId{{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}};

}  // namespace

std::shared_ptr<const Snapshot> Fleet::snapshot(WallTime atlas_now, SteadyTime now) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->targets.reserve(entries_.size());
  const JobId oldest_listed = oldest_job_to_list(atlas_now);
  for (Entry* const in_order : in_key_order()) {
    Entry& entry = *in_order;
    if (entry.hidden) continue;
    if (now > entry.view_holds_until || atlas_now >= entry.summary_holds_until) {
      renew(entry, atlas_now, now, oldest_listed);
    } else if (options_.list_jobs) {
      list_jobs_anew(entry, atlas_now, oldest_listed);
    }
    snapshot->targets.push_back(entry.view);
  }
  snapshot->totals = totals_;
  snapshot->inventory = inventory_;
  snapshot->objectives = options_.objectives;
  return snapshot;
}

const std::vector<Fleet::Entry*>& Fleet::in_key_order() {
  if (order_.size() == entries_.size()) return order_;
  order_.clear();
  for (auto& [index, entry] : entries_) order_.push_back(&entry);
  std::ranges::sort(order_, {}, [](const Entry* entry) { return std::tie(entry->target.key); });
  return order_;
}

/// A summary holds until its first link runs out, and goes from view to view meanwhile.
void Fleet::renew(Entry& entry, WallTime atlas_now, SteadyTime now,
                  const JobId& oldest_listed) const {
  std::shared_ptr<TargetView> view = make_view(entry, atlas_now, now, oldest_listed);
  if (atlas_now < entry.summary_holds_until) {
    view->summary = entry.view->summary;
  } else {
    view->summary = summarize(entry.record.jobs, atlas_now);
    entry.summary_holds_until = view->summary.link_expires_at.value_or(WallTime::max());
    if (!entry.polled) forget_the_present(view->summary);
  }
  entry.view = std::move(view);
  entry.view_holds_until = next_change(entry, now);
}

/// When a target that nothing is heard of is no longer what it is now: after that moment.
SteadyTime Fleet::next_change(const Entry& entry, SteadyTime now) const {
  SteadyTime next = SteadyTime::max();
  for (const SteadyTime since : {started_, entry.polled_since}) {
    const SteadyTime stale = entry.seen_at.value_or(since) + options_.stale_after;
    if (stale >= now) next = std::min(next, stale);
  }
  return next;
}

bool Fleet::is_present_unknown(const Entry& entry, SteadyTime now) const {
  return !entry.record.baseline_at || now - entry.seen_at.value_or(started_) > options_.stale_after;
}

Sight Fleet::sight_of(const Entry& entry, SteadyTime now) const {
  if (now - entry.seen_at.value_or(entry.polled_since) > options_.stale_after) return Sight::Blind;
  return entry.seen_at ? Sight::Visible : Sight::Undecided;
}

/// All but the summary.
std::shared_ptr<TargetView> Fleet::make_view(const Entry& entry, WallTime atlas_now, SteadyTime now,
                                             const JobId& oldest_listed) const {
  auto view = std::make_shared<TargetView>();
  view->target = entry.target;
  view->counters = entry.record.counters;
  view->last_violation_at = entry.record.last_violation_at;
  view->has_policies = options_.has_policies;
  view->up = entry.up;
  view->trouble = entry.trouble;
  view->last_success_at = entry.record.last_looked_at;
  view->present_unknown = is_present_unknown(entry, now);
  view->sight = sight_of(entry, now);
  view->effective_interval = entry.interval;
  view->polled = entry.polled;
  view->jobs = jobs_to_list(entry, atlas_now, oldest_listed);
  return view;
}

/// A view that says the same stays the same object, whose text need not be written anew.
void Fleet::list_jobs_anew(Entry& entry, WallTime atlas_now, const JobId& oldest_listed) const {
  std::vector<RestoreJob> jobs = jobs_to_list(entry, atlas_now, oldest_listed);
  if (jobs == entry.view->jobs) return;
  auto view = std::make_shared<TargetView>(*entry.view);
  view->jobs = std::move(jobs);
  entry.view = std::move(view);
}

std::vector<RestoreJob> Fleet::jobs_to_list(const Entry& entry, WallTime atlas_now,
                                            const JobId& oldest_listed) const {
  std::vector<RestoreJob> jobs;
  if (!options_.list_jobs || !entry.polled) return jobs;
  for (const JobView job : entry.record.jobs) {
    if (job.id() < oldest_listed || !is_listed(job, atlas_now)) continue;
    jobs.push_back(job.whole().job);
  }
  return jobs;
}

bool Fleet::is_listed(const JobView& job, WallTime atlas_now) const {
  if (!is_ended(job.state())) return true;
  const auto ended_at = job.time(JobTime::Ended);
  return ended_at && *ended_at >= atlas_now - options_.job_retention;
}

/// Ids sort by age, so the bound on listed jobs is an id: of all targets together, the newest.
JobId Fleet::oldest_job_to_list(WallTime atlas_now) const {
  std::vector<JobId> ids;
  if (!options_.list_jobs) return {};
  for (const auto& [index, entry] : entries_) {
    if (!entry.polled) continue;
    for (const JobView job : entry.record.jobs) {
      if (is_listed(job, atlas_now)) ids.push_back(job.id());
    }
  }
  if (ids.size() <= options_.max_listed_jobs) return {};
  if (options_.max_listed_jobs == 0) return kNewestId;
  const auto bound = ids.begin() + static_cast<std::ptrdiff_t>(options_.max_listed_jobs - 1);
  std::ranges::nth_element(ids, bound, std::ranges::greater());
  return *bound;
}

}  // namespace restorewatch
