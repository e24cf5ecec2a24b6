#include "store/tally_rows.h"

#include "store/fields.h"
#include "store/tallies.h"

namespace restorewatch {

TallyRows::TallyRows(Database& database, const Tables& tables)
    : add_of_target_(database.prepare("INSERT INTO " + tables.of_targets +
                                      " (target, name, value) VALUES (?, ?, ?) "
                                      "ON CONFLICT DO UPDATE SET value = value + excluded.value")),
      add_of_all_(database.prepare("INSERT INTO " + tables.of_all +
                                   " (name, value) VALUES (?, ?) "
                                   "ON CONFLICT DO UPDATE SET value = value + excluded.value")) {}

Status TallyRows::add(std::int64_t target, const TargetCounters& counters) {
  for (const Tally& tally : tallies(counters)) {
    Query query(add_of_target_);
    put(query, target);
    put(query, tally.name);
    put(query, tally.value);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

Status TallyRows::add(const FleetTotals& totals) {
  for (const Tally& tally : tallies(totals)) {
    Query query(add_of_all_);
    put(query, tally.name);
    put(query, tally.value);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

std::string all_counters(const TallyRows::Tables& tables) {
  return "SELECT name, value FROM " + tables.of_all +
         " UNION ALL SELECT target || '/' || name, value FROM " + tables.of_targets;
}

}  // namespace restorewatch
