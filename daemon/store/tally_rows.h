#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "jobs/counters.h"
#include "store/database.h"

namespace restorewatch {

/// A pair of tables of counters: of targets, and of the whole. The store has two pairs, the
/// counters themselves and what they were at the journal's anchor.
class TallyRows {
 public:
  struct Tables {
    std::string of_targets;
    std::string of_all;
  };
  static Tables counters() { return {"target_counters", "totals"}; }
  static Tables at_the_anchor() { return {"anchor_counters", "anchor_totals"}; }

  /// `database` must outlive it; whether all could be prepared says database.prepared().
  TallyRows(Database& database, const Tables& tables);

  /// Each adds inside an open transaction. Errors: Storage.
  Status add(std::int64_t target, const TargetCounters& counters);
  Status add(const FleetTotals& totals);

 private:
  Statement add_of_target_;
  Statement add_of_all_;
};

/// Selects the name and the value of each counter: those of targets as "<target>/<name>".
std::string all_counters(const TallyRows::Tables& tables);

}  // namespace restorewatch
