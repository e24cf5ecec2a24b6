#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/cluster_filter.h"
#include "http/site.h"

namespace restorewatch {

/// What somebody asks of the status page. Names narrow all of it, the rest only its list of
/// clusters.
struct StatusQuestion {
  Parameters parameters;  // as given, for links that keep them
  ClusterFilter filter;
  std::optional<ClusterPlace> after;  // where the list of clusters goes on
  std::uint64_t refresh = 0;          // seconds; 0: never
};

/// Errors: BadConfig, names the parameter.
Result<StatusQuestion> status_question_of(std::string_view query);

/// Something that should not be, of one cluster.
struct Problem {
  ClusterRow row;
  Found found;
};

/// A restore that is going on.
struct ActiveRestore {
  Target target;
  TrackedJob tracked;
  std::string destination;              // see destination_of()
  std::chrono::milliseconds allowed{};  // for which it may go on
  bool is_promised = false;             // an objective says so
};

struct DrillDue {
  ClusterRow row;
  WallTime last_at;
  WallTime due_at;
};

struct ClusterLine {
  ClusterRow row;
  ClusterState state;
};

/// A project of which clusters may be hidden, since they cannot be listed.
struct HiddenProject {
  std::string name;
  ErrorKind why = ErrorKind::Other;
};

/// A transition as it is told everywhere, and what else is said of it there.
struct Step {
  Transition transition;
  std::string destination;  // see destination_of()
  std::string level;        // "error"
  std::string violations;   // "target_project,download"; empty: none
};

/// Everything that the status page says, before it is written. Its rows point into `snapshot`.
struct StatusView {
  // How many of each are shown at most; what is left out is counted.
  static constexpr std::size_t kMostProblems = 25;
  static constexpr std::size_t kMostActive = 25;
  static constexpr std::size_t kMostDrills = 10;
  static constexpr std::size_t kMostSteps = 15;
  static constexpr std::size_t kClustersOnPage = 100;

  std::shared_ptr<const Snapshot> snapshot;  // null: nothing is known yet
  WallTime now;

  std::size_t projects = 0;
  std::size_t clusters = 0;                       // with these names
  std::size_t watched = 0;                        // of these
  std::array<std::size_t, kFindingCount> with{};  // of these, by finding
  std::size_t wrong = 0;                          // of these, those with anything Wrong
  std::size_t warned = 0;                         // likewise with a Warning and nothing worse

  std::vector<std::string> own_troubles;
  std::vector<HiddenProject> hidden;
  std::vector<ErrorKind> blind_credentials;  // those whose projects could not be listed
  std::vector<Problem> problems;             // the worst and oldest first
  std::size_t problems_in_all = 0;
  std::vector<ActiveRestore> active;  // the longest first, of the clusters that have the longest
  std::size_t active_in_all = 0;
  std::vector<DrillDue> drills;  // the soonest first, overdue ones too
  std::size_t drills_in_all = 0;
  std::vector<ClusterLine> page;  // of the list of clusters
  std::size_t matching = 0;       // of these, as the whole filter picks
  std::optional<ClusterPlace> next;
  std::vector<Step> steps;  // the newest first
  bool archive_failed = false;

  /// Nobody need look any further.
  bool is_fine() const;
};

StatusView status_view(const SiteSource& source, const StatusQuestion& question);

}  // namespace restorewatch
