#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "jobs/counters.h"
#include "jobs/target_record.h"
#include "jobs/transition.h"

namespace restorewatch {

enum class CommitStatus {
  Committed,  // durable
  Conflict,   // someone else committed to this target; load it again
  Failed,     // nothing was written; try again with a later look
};

struct LookedAt {
  TargetKey target;
  WallTime at;
};

/// Durable job state. No SQL and no file is visible here, so that a shared store can take the
/// place of an embedded one.
class JobStore {
 public:
  using CommitDone = std::function<void(CommitStatus)>;

  virtual ~JobStore() = default;

  /// What was committed for this target; an empty record for one never seen. Blocks; for start-up.
  virtual Result<TargetRecord> load(const TargetKey& target) = 0;
  virtual Result<FleetTotals> load_totals() = 0;

  /// Every target that something was ever committed to, with its cluster's last name. Blocks.
  virtual Result<std::vector<TargetKey>> known_targets() = 0;

  /// Makes the change durable, all or nothing: jobs, journal rows, the target's counters, totals.
  /// Returns at once; `done` is called exactly once, on the store's thread (after the store has
  /// stopped: on the caller's). Waiting results share a transaction. A result that changes nothing
  /// is answered Committed, writes nothing and moves no version. Thread-safe.
  virtual void commit(PollResult result, CommitDone done) = 0;

  /// Remembers when targets were last looked at without a change. May be lost in a crash.
  /// Thread-safe.
  virtual void checkpoint(std::vector<LookedAt> looks) = 0;

  /// Retention: cuts the journal's entries from before `horizon`, as far as they are a prefix, and
  /// ended jobs that were requested before it. Counters and totals stay. `at`: now. What was cut
  /// stands in the journal, and nothing is written where there is nothing to cut. Answers as
  /// commit() does. Thread-safe.
  virtual void forget(WallTime horizon, WallTime at, CommitDone done) = 0;

  /// The latest horizon of any forget(), however retention was set since: what was requested before
  /// has been cut, and must not be taken for news when Atlas lists it again. Blocks; for start-up.
  virtual Result<std::optional<WallTime>> forgotten_before() = 0;
};

}  // namespace restorewatch
