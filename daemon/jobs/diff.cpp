#include "jobs/diff.h"

#include <algorithm>
#include <array>
#include <limits>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, kAnomalyCount> kAnomalies{
    "reactivated", "reappeared", "outcome_contradicted", "target_changed", "unknown_delivery"};

/// Times inside ids, and Atlas's own, are whole seconds.
constexpr std::chrono::seconds kIdResolution{1};

/// Every restore counts as a drill, a download never; and what a delivery that this version does
/// not know has done to the data, nobody can say.
Purpose purpose_of(const RestoreJob& job) {
  const bool restores = kind_of(job.delivery) == Kind::Restore && job.delivery != Delivery::Unknown;
  return restores ? Purpose::Drill : Purpose::Other;
}

/// Goes through one look, job by job, and collects what changes.
class Differ {
 public:
  Differ(const TargetRecord& known, const Listing& listing, const LookFacts& facts)
      : known_(known), listing_(listing), facts_(facts) {}

  Diff run() && {
    diff_.result.target = known_.key;
    diff_.result.expected_version = known_.version;
    if (listing_.complete() && facts_.whole) diff_.result.looked_at = facts_.started_at;
    for (const RestoreJob& shown : listing_.jobs) {
      const auto found = known_.jobs.find(shown.id);
      if (found == known_.jobs.end()) {
        first_sight(shown);
      } else {
        seen_again(found->second, shown);
      }
    }
    for (const JobId& id : facts_.not_found) {
      const auto found = known_.jobs.find(id);
      if (found != known_.jobs.end()) not_found(found->second);
    }
    if (!known_.baseline_at && listing_.complete()) diff_.result.baseline_at = facts_.looked_at;
    sort_by_id();
    return std::move(diff_);
  }

 private:
  void first_sight(const RestoreJob& shown) {
    const bool forgotten = shown.requested_at < facts_.horizon;
    if (forgotten && is_ended(shown.state)) return;  // still listed by Atlas, past our retention
    TrackedJob tracked;
    tracked.job = shown;
    tracked.purpose = purpose_of(shown);
    if (shown.delivery == Delivery::Unknown) note(Anomaly::UnknownDelivery, shown.id);
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
    const bool new_cluster = facts_.cluster_created_at && facts_.project_known_since &&
                             *facts_.cluster_created_at > *facts_.project_known_since;
    if (new_cluster) return true;
    return is_ended(shown.state) && facts_.baseline_lookback.count() > 0 &&
           ended_at >= facts_.looked_at - facts_.baseline_lookback;
  }

  static void learn_in_silence(TrackedJob& tracked) {
    enter(tracked);
    if (is_active(tracked.job.state) || !tracked.job.outcome) return;
    tracked.outcome = tracked.job.outcome;
    // Nobody knows when it ended if Atlas does not say: the request is the time that is sure.
    tracked.ended_at = tracked.job.finished_at.value_or(tracked.job.requested_at);
  }

  void seen_again(const TrackedJob& before, const RestoreJob& shown) {
    if (before.job == shown && !before.not_found_at) return;
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
    TrackedJob tracked = before;
    if (!before.not_found_at) {
      tracked.not_found_at = facts_.looked_at;
    } else if (facts_.looked_at - *before.not_found_at >= facts_.lost_after) {
      tracked.job.state = JobState::Lost;
      tracked.job.outcome = Outcome::Lost;
      step(tracked, before.job.state, /*counts_request=*/false);
    } else {
      return;
    }
    diff_.result.jobs.push_back(std::move(tracked));
  }

  /// The one place where a transition is made, and where an outcome is set.
  void step(TrackedJob& tracked, std::optional<JobState> from, bool counts_request) {
    enter(tracked);
    const bool brings_outcome =
        !tracked.outcome && tracked.job.outcome && !is_active(tracked.job.state);
    if (brings_outcome) {
      tracked.outcome = tracked.job.outcome;
      tracked.ended_at = tracked.job.finished_at.value_or(facts_.looked_at);
      tracked.outcome_observed_at = facts_.looked_at;
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
    transition.observed_at = facts_.looked_at;
    transition.not_before = last_seen_not_so(tracked.job.id);
    diff_.result.transitions.push_back(std::move(transition));
  }

  /// When the job had certainly not taken this step yet, if a look before could tell.
  std::optional<WallTime> last_seen_not_so(const JobId& id) const {
    const bool unseen = std::ranges::find(facts_.unseen_before, id) != facts_.unseen_before.end();
    return unseen ? std::nullopt : known_.last_looked_at;
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

  void sort_by_id() {
    std::ranges::sort(diff_.result.jobs, {}, [](const TrackedJob& t) { return t.job.id; });
    std::ranges::sort(diff_.result.transitions, {}, [](const Transition& t) { return t.job.id; });
  }

  const TargetRecord& known_;
  const Listing& listing_;
  const LookFacts& facts_;
  Diff diff_;
};

}  // namespace

std::string_view label(Anomaly anomaly) {
  return kAnomalies[static_cast<std::size_t>(anomaly)];
}

Diff diff(const TargetRecord& known, const Listing& listing, const LookFacts& facts) {
  return Differ(known, listing, facts).run();
}

std::vector<JobId> unlisted_open_jobs(const TargetRecord& known, const Listing& listing) {
  std::vector<JobId> missing;
  if (!listing.complete()) return missing;
  const auto listed = [&](const JobId& id) {
    return std::ranges::binary_search(listing.jobs, id, {}, &RestoreJob::id) ||
           std::ranges::find(listing.unreadable, to_string(id), &UnreadableJob::id) !=
               listing.unreadable.end();
  };
  for (const auto& [id, tracked] : known.jobs) {
    if (!is_ended(tracked.job.state) && !listed(id)) missing.push_back(id);
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
