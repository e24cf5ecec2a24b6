#pragma once

#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "jobs/population.h"
#include "jobs/snapshot.h"

namespace restorewatch {

/// Writes into the journal which targets are watched, and which of them cannot be seen: what an
/// auditor must know to tell "nothing failed" from "nobody looked". Compares what the journal says
/// with what is, so that a run that was cut short, or a note that could not be written, is made up
/// for by the next comparison. On the loop's thread; only load() blocks.
class PopulationLog {
 public:
  /// All must outlive the log.
  struct Deps {
    Loop& loop;
    const Clock& clock;
    PopulationStore& store;
  };

  explicit PopulationLog(Deps deps) : deps_(deps) {}

  /// Reads what the journal says. Before the first update().
  Status load();

  /// Takes each new snapshot; compares at most every few seconds, and not before the first
  /// discovery is over: until then nobody knows what is gone.
  void update(const Snapshot& snapshot);

 private:
  void record(std::vector<Note> news);

  Deps deps_;
  Population recorded_;
  bool under_way_ = false;
  std::shared_ptr<const Inventory> compared_inventory_;
  std::optional<SteadyTime> compared_at_;
};

}  // namespace restorewatch
