#include "jobs/diff.h"

#include <algorithm>
#include <array>
#include <limits>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, kAnomalyCount> kAnomalies{
    "reactivated",    "reappeared",   "outcome_contradicted",
    "target_changed", "listed_twice", "future_time"};

/// Times inside ids, and Atlas's own, are whole seconds.
constexpr std::chrono::seconds kIdResolution{1};

/// What goes on for longer than this will not end within the next seconds.
constexpr std::chrono::hours kYoung{24};

/// Goes through one look, job by job, and collects what changes.
class Differ {
 public:
  Differ(const TargetRecord& known, const std::vector<TrackedJob>& moved_here,
         const Listing& listing, const LookFacts& facts)
      : known_(known), moved_here_(moved_here), listing_(listing), facts_(facts) {}

  Diff lose(const std::vector<JobId>& ids) && {
    begin();
    for (const JobId& id : ids) {
      const auto found = known_.jobs.find(id);
      if (found && !is_ended(found->job.state)) lose(*found);
    }
    sort_by_id();
    return std::move(diff_);
  }

  Diff run() && {
    begin();
    if (is_whole_look()) diff_.result.looked_at = facts_.started_at;
    std::size_t place = 0;
    for (const RestoreJob& shown : listing_.jobs) {
      if (is_unchanged(shown, place)) continue;
      if (const auto before = find_known(shown.id)) {
        seen_again(*before, shown);
      } else {
        first_sight(shown);
      }
    }
    for (const JobId& id : facts_.not_found) {
      if (const auto found = known_.jobs.find(id)) not_found(*found);
    }
    if (!known_.baseline_at && listing_.complete()) diff_.result.baseline_at = facts_.atlas_now;
    sort_by_id();
    return std::move(diff_);
  }

 private:
  /// All that could be new has been read.
  bool is_whole_look() const {
    return facts_.whole && !listing_.error && listing_.extent != Extent::Singles;
  }

  /// True of nearly every job of nearly every look, so it is asked first.
  bool is_unchanged(const RestoreJob& shown, std::size_t& place) const {
    return known_.jobs.shows(shown, place) && find_moved(shown.id) == nullptr;
  }

  std::optional<TrackedJob> find_known(const JobId& id) const {
    if (auto known = known_.jobs.find(id)) return known;
    const TrackedJob* const moved = find_moved(id);
    return moved == nullptr ? std::nullopt : std::optional(*moved);
  }

  const TrackedJob* find_moved(const JobId& id) const {
    const auto moved = std::ranges::lower_bound(moved_here_, id, {}, id_of);
    return moved == moved_here_.end() || moved->job.id != id ? nullptr : &*moved;
  }

  void begin() {
    diff_.result.target = known_.key;
    diff_.result.expected_version = known_.version;
  }

  void first_sight(const RestoreJob& shown) {
    const bool forgotten = shown.requested_at < facts_.horizon;
    if (forgotten && is_ended(shown.state)) return;  // still listed by Atlas, past our retention
    TrackedJob tracked;
    tracked.job = shown;
    tracked.purpose = purpose_of(shown, facts_.drills.get(), facts_.inventory.get());
    if (!forgotten && is_news(shown)) {
      step(tracked, std::nullopt, /*counts_request=*/true);
    } else {
      learn_in_silence(tracked);
    }
    diff_.result.jobs.push_back(std::move(tracked));
  }

  bool is_news(const RestoreJob& shown) const {
    const WallTime ended_at = shown.finished_at.value_or(shown.requested_at);
    if (known_.baseline_at) {
      return !is_ended(shown.state) || ended_at + kIdResolution > *known_.baseline_at;
    }
    if (is_of_a_new_cluster(shown)) return true;
    return is_ended(shown.state) && facts_.baseline_lookback.count() > 0 &&
           ended_at >= facts_.atlas_now - facts_.baseline_lookback;
  }

  /// The cluster came into being while its project was watched already. (A job that is older than
  /// its cluster comes from one that had the name before.)
  bool is_of_a_new_cluster(const RestoreJob& shown) const {
    return facts_.cluster_created_at && facts_.project_known_since &&
           *facts_.cluster_created_at > *facts_.project_known_since &&
           shown.requested_at + kIdResolution > *facts_.cluster_created_at;
  }

  void learn_in_silence(TrackedJob& tracked) const {
    enter(tracked);
    if (is_active(tracked.job.state) || !tracked.job.outcome) return;
    tracked.outcome = tracked.job.outcome;
    // Nobody knows when it ended if Atlas does not say: the request is the time that is sure.
    const WallTime requested_at = std::min(tracked.job.requested_at, facts_.atlas_now);
    tracked.ended_at = tracked.job.finished_at.value_or(requested_at);
  }

  void seen_again(const TrackedJob& before, const RestoreJob& shown) {
    TrackedJob tracked = before;
    tracked.job = shown;
    tracked.not_found_at.reset();
    note_changed_target(before.job, shown);
    if (before.job.state != shown.state) {
      note_odd_steps(before, shown);
      // Only what we concluded ourselves is undone; what Atlas said stays said.
      if (before.outcome == Outcome::Lost) forget_outcome(tracked);
      step(tracked, before.job.state, /*counts_request=*/false);
    }
    diff_.result.jobs.push_back(std::move(tracked));
  }

  void not_found(const TrackedJob& before) {
    if (is_ended(before.job.state)) return;
    if (!before.not_found_at || *before.not_found_at > facts_.atlas_now) {
      TrackedJob tracked = before;
      tracked.not_found_at = facts_.atlas_now;
      diff_.result.jobs.push_back(std::move(tracked));
    } else if (facts_.atlas_now - *before.not_found_at >= facts_.lost_after) {
      lose(before);
    }
  }

  void lose(const TrackedJob& before) {
    TrackedJob tracked = before;
    tracked.job.state = JobState::Lost;
    tracked.job.outcome = Outcome::Lost;
    step(tracked, before.job.state, /*counts_request=*/false);
    diff_.result.jobs.push_back(std::move(tracked));
  }

  /// The one place where a transition is made, and where an outcome is set.
  void step(TrackedJob& tracked, std::optional<JobState> from, bool counts_request) {
    enter(tracked);
    const bool brings_outcome =
        !tracked.outcome && tracked.job.outcome && !is_active(tracked.job.state);
    if (brings_outcome) {
      tracked.outcome = tracked.job.outcome;
      tracked.ended_at = tracked.job.finished_at.value_or(facts_.atlas_now);
      tracked.outcome_observed_at = facts_.atlas_now;
    }
    Transition transition;
    transition.target = known_.key;
    transition.project_name = facts_.project_name;
    transition.job = tracked.job;
    transition.from = from;
    transition.to = tracked.job.state;
    transition.nth = tracked.entered[index_of(tracked.job.state)];
    transition.outcome = tracked.outcome;
    transition.counts_request = counts_request;
    transition.counts_outcome = brings_outcome;
    transition.missed = !from && is_ended(tracked.job.state);
    transition.purpose = tracked.purpose;
    transition.scope = scope_of(known_.key, tracked.job);
    if (!from) transition.violations = violations(tracked.job);
    transition.observed_at = facts_.looked_at;
    transition.not_before = last_seen_not_so(tracked.job.id);
    diff_.result.transitions.push_back(std::move(transition));
  }

  Violations violations(const RestoreJob& job) const {
    return violations_of(job, known_.key, facts_.project_name, facts_.policies.get(),
                         facts_.inventory.get());
  }

  /// When the job had certainly not taken this step yet, if a look before could tell. One that is
  /// later than this look was timed before our clock was set back, and tells nothing.
  std::optional<WallTime> last_seen_not_so(const JobId& id) const {
    const auto is_in = [&](const std::vector<JobId>& ids) {
      return std::ranges::find(ids, id) != ids.end();
    };
    if (is_in(facts_.unseen_before)) return std::nullopt;
    const bool asked = facts_.asked_at > known_.last_looked_at && is_in(facts_.asked_before);
    const std::optional<WallTime> seen = asked ? facts_.asked_at : known_.last_looked_at;
    return seen > facts_.looked_at ? std::nullopt : seen;
  }

  static void enter(TrackedJob& tracked) {
    std::uint16_t& times = tracked.entered[index_of(tracked.job.state)];
    if (times < std::numeric_limits<std::uint16_t>::max()) ++times;
  }

  static void forget_outcome(TrackedJob& tracked) {
    tracked.outcome.reset();
    tracked.ended_at.reset();
    tracked.outcome_observed_at.reset();
  }

  void note_odd_steps(const TrackedJob& before, const RestoreJob& shown) {
    if (before.job.state == JobState::Lost) {
      note(Anomaly::Reappeared, shown.id);
    } else if (is_ended(before.job.state) && !is_ended(shown.state)) {
      note(Anomaly::Reactivated, shown.id);
    }
    // A link that ages away after it was ready is no contradiction.
    const bool other_end = before.outcome && before.outcome != Outcome::Lost && shown.outcome &&
                           shown.outcome != before.outcome && shown.outcome != Outcome::Expired;
    if (other_end) note(Anomaly::OutcomeContradicted, shown.id);
  }

  void note_changed_target(const RestoreJob& before, const RestoreJob& shown) {
    const bool moved = (before.target_project_id && shown.target_project_id &&
                        before.target_project_id != shown.target_project_id) ||
                       (before.target_cluster && shown.target_cluster &&
                        before.target_cluster != shown.target_cluster);
    if (moved) note(Anomaly::TargetChanged, shown.id);
  }

  void note(Anomaly anomaly, const JobId& job) { diff_.anomalies.push_back({anomaly, job}); }

  static const JobId& id_of(const TrackedJob& tracked) { return tracked.job.id; }

  void sort_by_id() {
    std::ranges::sort(diff_.result.jobs, {}, id_of);
    std::ranges::sort(diff_.result.transitions, {}, [](const Transition& t) { return t.job.id; });
  }

  const TargetRecord& known_;
  const std::vector<TrackedJob>& moved_here_;
  const Listing& listing_;
  const LookFacts& facts_;
  Diff diff_;
};

}  // namespace

std::string_view label(Anomaly anomaly) {
  return kAnomalies[static_cast<std::size_t>(anomaly)];
}

Diff diff(const TargetRecord& known, const std::vector<TrackedJob>& moved_here,
          const Listing& listing, const LookFacts& facts) {
  return Differ(known, moved_here, listing, facts).run();
}

Diff lose(const TargetRecord& known, const std::vector<JobId>& ids, const LookFacts& facts) {
  const std::vector<TrackedJob> none;
  const Listing nothing;
  return Differ(known, none, nothing, facts).lose(ids);
}

std::vector<JobId> open_jobs(const TargetRecord& known) {
  std::vector<JobId> open;
  for (const JobView& job : known.jobs.open()) open.push_back(job.id());
  return open;
}

std::vector<JobId> young_active_jobs(const TargetRecord& known, WallTime atlas_now) {
  std::vector<JobId> active;
  for (const JobView& job : known.jobs.open()) {
    const bool is_young = job.requested_at() > atlas_now - kYoung;
    if (is_active(job.state()) && is_young) active.push_back(job.id());
  }
  return active;
}

std::vector<JobId> jobs_to_ask_for(const TargetRecord& known, const Listing& listing,
                                   WallTime atlas_now) {
  if (listing.error) return {};
  if (listing.extent == Extent::Singles) return young_active_jobs(known, atlas_now);
  const auto was_shown = [&](const JobId& id) {
    return std::ranges::binary_search(listing.jobs, id, {}, &RestoreJob::id) ||
           std::ranges::find(listing.unreadable, to_string(id), &UnreadableJob::id) !=
               listing.unreadable.end();
  };
  const auto can_wait = [&](const JobView& job) {
    return listing.extent == Extent::Newest && job.state() == JobState::Ready &&
           job.time(JobTime::Expires) > atlas_now;
  };
  std::vector<JobId> missing;
  for (const JobView& job : known.jobs.open()) {
    if (!was_shown(job.id()) && !can_wait(job)) missing.push_back(job.id());
  }
  return missing;
}

Scope scope_of(const TargetKey& source, const RestoreJob& job) {
  if (kind_of(job.delivery) == Kind::Download) return Scope::Download;
  if (!job.target_project_id) return Scope::Unknown;
  if (*job.target_project_id != source.project_id) return Scope::OtherProject;
  if (!job.target_cluster) return Scope::Unknown;
  return *job.target_cluster == source.cluster_name ? Scope::SameCluster : Scope::SameProject;
}

}  // namespace restorewatch
