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
  std::string project_id;
  std::string project_name;
  std::string cluster_name;
  std::string delivery;  // "automated", "pointInTime", "download"
  std::string state;     // the last one
  std::string outcome;   // empty: none yet
  double requested_at = 0;
  double finished_at = 0;  // 0: answers do not say
  std::string target_project_id;
  std::string target_cluster;
  bool vanished = false;
  std::vector<std::string> shown;  // states that answers have really shown, in order
};

std::vector<TrueJob> read_truth(const std::string& json);

/// What the daemon should show of these jobs, worked out from the truth alone. A job of
/// `baseline` was there before it began to watch: it is known, but nothing of it is counted.
struct Expected {
  Expected(const std::vector<TrueJob>& all, const std::set<std::string>& baseline);

  SeriesMap jobs;          // by cluster and state, as mongodbatlas_restore_jobs
  SeriesMap requested;     // as mongodbatlas_restore_jobs_requested_total, zeros left out
  SeriesMap finished;      // as mongodbatlas_restore_jobs_finished_total, zeros left out
  SeriesMap transitions;   // as mongodbatlas_restore_transitions_total, zeros left out
  SeriesMap missed;        // as mongodbatlas_restore_missed_transitions_total, zeros left out
  SeriesMap last_success;  // of restores whose end is said
  double durations = 0;    // restores that the histogram holds
  std::set<std::string> event_ids;
};

SeriesMap without_zeros(SeriesMap series);

}  // namespace restorewatch
