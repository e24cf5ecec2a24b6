#include "http/status_activity.h"

#include <algorithm>

#include "http/destination.h"

namespace restorewatch {
namespace {

/// Of the newest transitions, so many are searched for some that a filter picks.
constexpr std::size_t kMostSearched = 1000;

using Views = std::vector<const TargetView*>;

bool is_picked(const NameFilter& names, const TargetKey& key, const std::string& project_name) {
  return names.picks_all() || names.picks(key.project_id, project_name, key.cluster_name);
}

/// The targets with restores going on, those with the oldest first.
Views busy_targets(const StatusView& view, const NameFilter& names) {
  Views busy;
  for (const auto& target : view.snapshot->targets) {
    const bool is_busy = target->polled && !target->present_unknown &&
                         target->summary.oldest_active_requested_at.has_value();
    if (is_busy && is_picked(names, target->target.key, target->target.project_name)) {
      busy.push_back(target.get());
    }
  }
  std::ranges::sort(busy, {}, [](const TargetView* target) {
    return *target->summary.oldest_active_requested_at;
  });
  if (busy.size() > StatusView::kMostActive) busy.resize(StatusView::kMostActive);
  return busy;
}

/// For how long a restore of the target may go on, as far as somebody has said.
std::optional<std::chrono::milliseconds> promise_of(const Snapshot& snapshot,
                                                    const TargetKey& key) {
  const Project* const project = project_in(snapshot.inventory.get(), key.project_id);
  const Cluster* const cluster = cluster_in(snapshot.inventory.get(), key);
  if (!snapshot.objectives || project == nullptr || cluster == nullptr) return std::nullopt;
  return objectives_of(*snapshot.objectives, *project, *cluster).restore_duration;
}

Status add_jobs(Archive& archive, const TargetView& target, StatusView& view) {
  const auto jobs = archive.jobs_of(
      {target.target.key,
       {},
       active_states(),
       std::min<std::uint64_t>(target.summary.active_jobs(), StatusView::kMostActive)});
  if (!jobs) return jobs.error();
  const auto promised = promise_of(*view.snapshot, target.target.key);
  for (const TrackedJob& tracked : *jobs) {
    view.active.push_back(
        {target.target, tracked,
         destination_of(tracked.job, target.target.key.project_id, view.snapshot->inventory.get()),
         promised.value_or(kStuckAfter), promised.has_value()});
  }
  return Success{};
}

void add_active(Archive& archive, const NameFilter& names, StatusView& view) {
  for (const TargetView* const target : busy_targets(view, names)) {
    view.archive_failed |= !add_jobs(archive, *target, view).ok();
  }
  std::ranges::sort(view.active, {},
                    [](const ActiveRestore& active) { return active.tracked.job.requested_at; });
  if (view.active.size() > StatusView::kMostActive) view.active.resize(StatusView::kMostActive);
}

std::string value_of(const std::vector<Field>& fields, std::string_view key) {
  const auto found = std::ranges::find(fields, key, &Field::key);
  return found == fields.end() ? "" : found->value;
}

void add_steps(const SiteSource& source, const NameFilter& names, StatusView& view) {
  const std::size_t most = names.picks_all() ? StatusView::kMostSteps : kMostSearched;
  const auto entries = source.archive->newest_transitions(most);
  view.archive_failed |= !entries.ok();
  if (!entries) return;
  for (const JournalEntry& entry : *entries) {
    if (view.steps.size() == StatusView::kMostSteps) return;
    const Transition& transition = *entry.transition();
    if (!is_picked(names, transition.target, transition.project_name)) continue;
    const std::vector<Field> fields = source.event_of(entry);
    view.steps.push_back({transition,
                          destination_of(transition.job, transition.target.project_id,
                                         view.snapshot->inventory.get()),
                          value_of(fields, "level"), value_of(fields, "violations")});
  }
}

}  // namespace

void add_activity(const SiteSource& source, const NameFilter& names, StatusView& view) {
  add_active(*source.archive, names, view);
  add_steps(source, names, view);
}

}  // namespace restorewatch
