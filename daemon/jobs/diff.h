#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/drills.h"
#include "jobs/job_source.h"
#include "jobs/policies.h"
#include "jobs/target_record.h"

namespace restorewatch {

/// What the rules need to know besides the jobs themselves.
struct LookFacts {
  std::string project_name;
  WallTime started_at;  // when the look began: what it did not show yet happened after this
  WallTime looked_at;   // when it had been read: what it shows happened before this
  /// When the look began, by Atlas's clock: the only time that Atlas's own are compared with, since
  /// ours may be wrong or jump. Where Atlas does not tell, it is ours.
  WallTime atlas_now;
  bool whole = true;  // all that was asked for was answered
  WallTime horizon;   // a job requested before this is history, never news
  std::chrono::milliseconds baseline_lookback{0};
  std::chrono::milliseconds lost_after{0};      // how far apart two 404s lie, by Atlas's clock
  std::optional<WallTime> cluster_created_at;   // where discovery says so
  std::optional<WallTime> project_known_since;  // when the project was first watched
  std::vector<JobId> not_found;      // open jobs that were asked for one by one and are not there
  std::vector<JobId> unseen_before;  // listed or known, but not readable in the look before
  std::vector<JobId> asked_before;   // single jobs that were seen since the list was read last
  std::optional<WallTime> asked_at;  // when that was
  // What a job seen for the first time is for, see drills.h, and what it breaks, see policies.h.
  // All may be null.
  std::shared_ptr<const DrillRules> drills{};
  std::shared_ptr<const Policies> policies{};
  std::shared_ptr<const Inventory> inventory{};
};

/// Something that should not be. Counted, logged once, and believed all the same.
enum class Anomaly {
  Reactivated,          // an ended job is active again
  Reappeared,           // a lost job is listed again
  OutcomeContradicted,  // Atlas now says that the job ended in another way
  TargetChanged,        // the job now restores to somewhere else
  ListedTwice,          // a job that another target of the project already has
  FutureTime,           // it was requested, or has ended, later than now: see future_times.h
};
inline constexpr std::size_t kAnomalyCount = 6;

std::string_view label(Anomaly anomaly);

struct AnomalySeen {
  Anomaly anomaly;
  JobId job;

  bool operator==(const AnomalySeen&) const = default;
};

struct Diff {
  PollResult result;  // jobs and transitions in job-id order
  std::vector<AnomalySeen> anomalies;

  bool operator==(const Diff&) const = default;
};

/// Compares what is known of a target with what a look at it showed.
///
/// * Until the first complete listing (the baseline), jobs become known in silence: no transition,
///   nothing counted, except those that are news all the same (lookback, a new cluster). A job
///   that had ended before the baseline stays history though it is first seen later, since the
///   baseline may have been unable to read it.
/// * Absence from a listing says nothing; only `not_found` can make a job lost.
/// * A partial listing adds what it saw and never completes a baseline.
/// * An outcome is set once, by the step that brings it; purpose and violations at first sight.
/// * A clock of ours that jumps changes none of this: Atlas's times, and the time between two 404s,
///   are measured by Atlas's clock, which also goes on while we are down. A 404 from a time that
///   Atlas's clock has not reached was noted by another clock, and is the first one again.
///
/// `moved_here`: jobs that another target of the project had, as far as it knew them, in id order.
/// They count as known, and the result has them all.
Diff diff(const TargetRecord& known, const std::vector<TrackedJob>& moved_here,
          const Listing& listing, const LookFacts& facts);
inline Diff diff(const TargetRecord& known, const Listing& listing, const LookFacts& facts) {
  return diff(known, {}, listing, facts);
}

/// Makes open jobs Lost whose target is gone from Atlas, so that nobody will ever say how they
/// ended. Those of `ids` that are not open are passed over.
Diff lose(const TargetRecord& known, const std::vector<JobId>& ids, const LookFacts& facts);

/// The jobs that have not ended yet, in id order.
std::vector<JobId> open_jobs(const TargetRecord& known);

/// The active jobs that are worth looking at often: those requested within the last day.
std::vector<JobId> young_active_jobs(const TargetRecord& known, WallTime atlas_now);

/// The jobs to ask for one by one: the open ones that the listing does not show, neither readable
/// nor unreadable. Where only the newest were read, a download whose link still works can wait.
/// Where no list is read, the young active ones. Empty for a partial listing.
std::vector<JobId> jobs_to_ask_for(const TargetRecord& known, const Listing& listing,
                                   WallTime atlas_now);

/// Where the job's data goes, seen from the cluster that it comes from.
Scope scope_of(const TargetKey& source, const RestoreJob& job);

}  // namespace restorewatch
