#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "end_to_end/stage.h"

namespace restorewatch {

/// A job as the fake Atlas knows it.
struct TrueJob {
  std::string id;
  std::string source;  // "dedicated", "flex", ...
  std::string project_id;
  std::string project_name;
  std::string cluster_id;
  std::string cluster_name;  // its last one
  std::string delivery;      // "automated", "pointInTime", "download", "collection"
  std::string state;         // the last one
  std::string outcome;       // empty: none yet
  double requested_at = 0;
  double finished_at = 0;  // 0: answers do not say
  std::string target_project_id;
  std::string target_cluster;
  bool vanished = false;
  bool deleted = false;                    // with its cluster
  bool reachable = true;                   // its cluster is there, and still of the source's tier
  std::vector<std::string> cluster_names;  // every one that it has had
  std::vector<std::string> shown;          // states that answers have really shown, in order
};

std::vector<TrueJob> read_truth(const std::string& json);

/// Whether a job in that state has ended.
bool is_end(const std::string& state);

/// Whoever watches has seen it open, and then nothing more.
bool is_lost(const TrueJob& job);

/// The state that whoever saw all that was shown knows in the end: "lost", or the last one shown.
/// Precondition: something was shown.
std::string final_state(const TrueJob& job);

/// The labels of a series about the job as they stand on the page, with `more` ("kind=restore").
std::string labels_of(const TrueJob& job, const std::string& more);

/// What the daemon should show of these jobs, worked out from the truth alone. A job of
/// `baseline` was there before it began to watch: it is known, but nothing of it is counted.
/// Of clusters that were deleted nothing is shown but in totals over all clusters.
struct Expected {
  Expected(const std::vector<TrueJob>& all, const std::set<std::string>& baseline);

  SeriesMap jobs;          // by cluster and state, as mongodbatlas_restore_jobs
  SeriesMap requested;     // as mongodbatlas_restore_jobs_requested_total, zeros left out
  SeriesMap finished;      // as mongodbatlas_restore_jobs_finished_total, zeros left out
  SeriesMap transitions;   // as mongodbatlas_restore_transitions_total, zeros left out
  SeriesMap missed;        // as mongodbatlas_restore_missed_transitions_total, zeros left out
  SeriesMap last_success;  // of restores whose end is said
  std::map<std::string, int> ends;  // "flex completed": how many jobs came to this end
  double durations = 0;             // restores that the histogram holds
  std::set<std::string> event_ids;

 private:
  void add_steps(const TrueJob& job);
};

SeriesMap without_zeros(SeriesMap series);

/// The series that are not the same in both, a line each; empty if all are.
std::string differences(const SeriesMap& shown, const SeriesMap& expected);

}  // namespace restorewatch
