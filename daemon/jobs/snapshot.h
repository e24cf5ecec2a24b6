#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "jobs/counters.h"
#include "jobs/inventory.h"
#include "jobs/objectives.h"
#include "jobs/restore_job.h"
#include "jobs/summary.h"
#include "jobs/target.h"

namespace restorewatch {

/// Whether a target can be seen, for those who ask over which time we watched.
enum class Sight : std::uint8_t {
  Undecided,  // not seen yet, and not for long enough to be called blind
  Visible,
  Blind,  // not seen for poll.stale_after
};

/// Why a target cannot be seen.
struct Trouble {
  ErrorKind kind = ErrorKind::Other;  // of the last look
  WallTime since;                     // the first look that failed since one succeeded

  bool operator==(const Trouble&) const = default;
};

/// What is shown of one target. Immutable once made.
struct TargetView {
  Target target;
  bool polled = true;     // false: only what has happened is shown of it
  TargetSummary summary;  // without what is going on now where it is not polled
  TargetCounters counters;
  LastViolations last_violation_at{};
  bool has_policies = false;       // there are any: rules that were never broken are shown, too
  std::optional<bool> up;          // whether the last look succeeded; absent: not looked at yet
  std::optional<Trouble> trouble;  // exactly where `up` is false
  std::optional<WallTime> last_success_at;
  /// What is going on now is not known: never read whole yet, or not seen for too long.
  bool present_unknown = true;
  Sight sight = Sight::Undecided;
  std::chrono::milliseconds effective_interval{0};
  std::vector<RestoreJob> jobs;  // open or recently ended; empty unless per-job series are on
};

/// The committed state of everything at one moment. Immutable once published.
struct Snapshot {
  std::vector<std::shared_ptr<const TargetView>> targets;  // ordered by project id, cluster, source
  FleetTotals totals;
  std::shared_ptr<const Inventory> inventory;        // null: not known yet
  std::shared_ptr<const ObjectiveRules> objectives;  // null: none
};

}  // namespace restorewatch
