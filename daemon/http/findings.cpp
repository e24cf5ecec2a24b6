#include "http/findings.h"

#include <algorithm>

#include "base/duration_text.h"

namespace restorewatch {
namespace {

/// Everything that the rules below look at.
struct Case {
  const ClusterRow& row;
  const ClusterState& state;
  WallTime now;

  const TargetSummary& summary() const { return state.summary; }
  const Objectives& objectives() const { return state.objectives; }
};

bool proves(Delivery delivery, Kind kind) {
  return kind == Kind::Restore ? restores(delivery) : kind_of(delivery) == kind;
}

const LastSuccess* last_success_of(const TargetSummary& summary, Kind kind) {
  const LastSuccess* latest = nullptr;
  for (std::size_t i = 0; i < kDeliveryCount; ++i) {
    const auto& last = summary.last_success[i];
    if (!last || !proves(static_cast<Delivery>(i), kind)) continue;
    if (latest == nullptr || last->ended_at > latest->ended_at) latest = &*last;
  }
  return latest;
}

std::string_view sentence_of(PolicyRule rule) {
  switch (rule) {
    case PolicyRule::TargetProject:
      return "its data went to a project that is not allowed";
    case PolicyRule::Download:
      return "it was downloaded";
    case PolicyRule::ProtectedTarget:
      return "its data was restored over a protected cluster";
  }
  return "a policy was broken";
}

std::optional<Found> violation(const Case& c) {
  LastViolations last{};
  for (const auto& view : c.row.sources) merge(view->last_violation_at, last);
  std::optional<Found> found;
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) {
    const auto at = last[i];
    if (!at || c.now - *at > kViolationShownFor) continue;
    if (!found) found = Found{Finding::Violation, at};
    found->since = std::max(found->since, at);
    if (!found->detail.empty()) found->detail += "; ";
    found->detail += sentence_of(static_cast<PolicyRule>(i));
  }
  return found;
}

/// What failed before we watched is history, here as in the alerts.
std::optional<Found> failed(const Case& c) {
  std::optional<Found> found;
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const auto kind = static_cast<Kind>(i);
    const auto& failure = c.summary().last_failure[i];
    if (!failure || !failure->observed_at) continue;
    const LastSuccess* const success = last_success_of(c.summary(), kind);
    if (success != nullptr && success->ended_at > failure->ended_at) continue;
    const std::string what = "the last " + std::string(label(kind)) + " failed";
    if (found) {
      found->detail += "; " + what;
    } else {
      found = Found{Finding::Failed, failure->ended_at, what};
    }
  }
  return found;
}

std::optional<Found> stuck(const Case& c) {
  const auto begun = c.summary().oldest_active_requested_at;
  if (!begun || c.state.present_unknown) return std::nullopt;
  const auto allowed = c.objectives().restore_duration.value_or(kStuckAfter);
  if (c.now - *begun <= allowed) return std::nullopt;
  return Found{
      Finding::Stuck, *begun + allowed,
      "going on for " + duration_text(c.now - *begun) + ", may take " + duration_text(allowed)};
}

/// Of the sources that are polled and of which `fits(view)`, the earliest trouble.
template <typename Fits>
std::optional<Found> unseen(const Case& c, Finding what, Fits fits) {
  std::optional<Found> found;
  for (const auto& view : c.row.sources) {
    if (!view->polled || !fits(*view)) continue;
    if (!found) found = Found{what, std::nullopt};
    if (!found->detail.empty()) found->detail += "; ";
    found->detail += std::string(label(view->target.key.source)) + ": " +
                     std::string(view->trouble ? label(view->trouble->kind) : "no look yet");
    const auto since = view->trouble ? std::optional(view->trouble->since) : std::nullopt;
    if (since && (!found->since || *since < *found->since)) found->since = since;
  }
  return found;
}

std::optional<Found> blind(const Case& c) {
  return unseen(c, Finding::Blind,
                [](const TargetView& view) { return view.sight == Sight::Blind; });
}

std::optional<Found> down(const Case& c) {
  return unseen(c, Finding::Down, [](const TargetView& view) {
    return view.sight != Sight::Blind && view.up == false;
  });
}

bool is_held_to_anything(const Objectives& objectives) {
  return objectives != Objectives{};
}

std::optional<Found> backup_off(const Case& c) {
  const bool is_off = c.row.known != nullptr && c.row.known->cluster.backup_enabled == false;
  if (!is_off || !is_held_to_anything(c.objectives())) return std::nullopt;
  return Found{Finding::BackupOff, std::nullopt, "Atlas keeps no backups of it"};
}

/// Nobody can say "never" of what is not looked at, has not been seen whole yet, or not for long.
bool is_seen(const Case& c) {
  return c.row.is_polled() && !c.state.present_unknown;
}

std::optional<Found> untested(const Case& c) {
  const bool is_due = c.objectives().drill_interval && !c.summary().last_drill_success_at;
  if (!is_due || !is_seen(c)) return std::nullopt;
  return Found{Finding::Untested, std::nullopt,
               "a drill is due every " + duration_text(*c.objectives().drill_interval)};
}

std::optional<Found> overdue(const Case& c) {
  const auto due_at = c.state.drill_due_at();
  if (!due_at || *due_at >= c.now) return std::nullopt;
  return Found{Finding::Overdue, due_at,
               "a drill is due every " + duration_text(*c.objectives().drill_interval)};
}

std::optional<Found> slow(const Case& c) {
  const LastSuccess* const last = last_restore(c.summary());
  const auto allowed = c.objectives().restore_duration;
  if (last == nullptr || !allowed || !last->duration || *last->duration <= *allowed) return {};
  return Found{Finding::Slow, last->ended_at,
               "the last restore took " + duration_text(*last->duration) + ", may take " +
                   duration_text(*allowed)};
}

std::optional<Found> old_point(const Case& c) {
  const LastSuccess* const last = last_restore(c.summary());
  const auto allowed = c.objectives().recovery_point;
  if (last == nullptr || !allowed || !last->recovery_point) return std::nullopt;
  const auto age = last->requested_at - *last->recovery_point;
  if (age <= *allowed) return std::nullopt;
  return Found{
      Finding::OldPoint, last->ended_at,
      "data restored last was " + duration_text(age) + " old, may be " + duration_text(*allowed)};
}

std::optional<Found> link_open(const Case& c) {
  const std::uint64_t open = c.summary().links_active;
  if (open == 0 || c.state.present_unknown) return std::nullopt;
  return Found{Finding::LinkOpen, std::nullopt,
               std::to_string(open) + (open == 1 ? " download link" : " download links")};
}

std::optional<Found> active(const Case& c) {
  const std::uint64_t jobs = c.state.summary.active_jobs();
  if (jobs == 0 || c.state.present_unknown) return std::nullopt;
  return Found{Finding::Active, c.summary().oldest_active_requested_at,
               std::to_string(jobs) + (jobs == 1 ? " restore" : " restores")};
}

std::optional<Found> waiting(const Case& c) {
  return unseen(c, Finding::Waiting,
                [](const TargetView& view) { return view.sight == Sight::Undecided && !view.up; });
}

std::optional<Found> not_watched(const Case& c) {
  if (c.row.is_polled()) return std::nullopt;
  const bool says_why = c.row.known != nullptr && c.row.known->not_polled;
  return Found{Finding::NotWatched, std::nullopt,
               says_why ? std::string(label(*c.row.known->not_polled)) : "no longer listed"};
}

/// Where the backups are off, that is the finding.
std::optional<Found> uncovered(const Case& c) {
  if (c.row.is_polled() || !is_held_to_anything(c.objectives()) || backup_off(c)) return {};
  return Found{Finding::Uncovered, std::nullopt, "it has objectives, and nobody looks at it"};
}

// One for each Finding, in its order.
constexpr std::array<std::optional<Found> (*)(const Case&), kFindingCount> kRules{
    violation, failed,    stuck, blind,     backup_off, untested, overdue,    slow,
    old_point, uncovered, down,  link_open, active,     waiting,  not_watched};

}  // namespace

const LastSuccess* last_restore(const TargetSummary& summary) {
  return last_success_of(summary, Kind::Restore);
}

bool ClusterState::has(Finding finding) const {
  return std::ranges::find(findings, finding, &Found::what) != findings.end();
}

Severity ClusterState::severity() const {
  return findings.empty() ? Severity::Fine : severity_of(findings.front().what);
}

std::optional<WallTime> ClusterState::drill_due_at() const {
  if (!summary.last_drill_success_at || !objectives.drill_interval) return std::nullopt;
  return *summary.last_drill_success_at + *objectives.drill_interval;
}

ClusterState judge(const ClusterRow& row, const ObjectiveRules* rules, WallTime now) {
  ClusterState state;
  for (const auto& view : row.sources) {
    merge(view->summary, state.summary);
    state.present_unknown |= view->polled && view->present_unknown;
  }
  if (rules != nullptr && row.known != nullptr) {
    state.objectives = objectives_of(*rules, row.project->project, row.known->cluster);
  }
  for (const auto rule : kRules) {
    if (auto found = rule({row, state, now})) state.findings.push_back(*std::move(found));
  }
  return state;
}

}  // namespace restorewatch
