#pragma once

#include <set>
#include <string>
#include <vector>

#include "end_to_end/truth.h"
#include "jobs/journal.h"

namespace restorewatch {

/// The counters as the journal proves them, under the last names of `jobs`, and without those
/// of clusters that were deleted where the page leaves them out.
struct Recount {
  Recount(const std::vector<JournalEntry>& journal, const std::vector<TrueJob>& jobs);

  SeriesMap requested;
  SeriesMap finished;
  SeriesMap transitions;
  SeriesMap missed;
};

/// The events that a daemon must still deliver that goes on looking while nothing changes, given
/// those that were delivered: that each job in reach is in its present state, and that a job that
/// was told to be open is lost where it is out of reach.
std::set<std::string> awaited_events(const std::vector<TrueJob>& truth,
                                     const std::set<std::string>& baseline,
                                     const std::set<std::string>& delivered);

/// How much of what was shown must be in the journal.
enum class Steps {
  All,        // every state stayed until it was written down
  AsWitness,  // a state may have passed between being shown and being written down
};

/// What the journal saw of what was really so.
struct Witnessed {
  std::vector<TrueJob> jobs;          // `shown` is what the journal has
  std::vector<std::string> findings;  // where that cannot come from the truth, or lacks its end
};

/// `baseline`: jobs that had ended before anybody watched. Nothing may be told of them.
Witnessed witness(const std::vector<TrueJob>& truth, const std::set<std::string>& baseline,
                  const std::vector<JournalEntry>& journal, Steps steps);

}  // namespace restorewatch
