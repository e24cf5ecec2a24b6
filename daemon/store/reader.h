#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/counters.h"
#include "jobs/journal.h"
#include "jobs/target_record.h"
#include "store/database.h"
#include "store/inventory_reader.h"
#include "store/population_rows.h"
#include "store/target_rows.h"

namespace restorewatch {

/// Reads what was committed, on a connection of its own: neither waits for the writer nor makes
/// it wait. Thread-safe. Errors: Storage.
class Reader {
 public:
  /// The file must be a store of this version.
  static Result<std::unique_ptr<Reader>> open(const std::string& path);

  Result<std::vector<KnownProject>> load_inventory();
  Result<TargetRecord> load(const TargetKey& target);
  Result<FleetTotals> load_totals();
  Result<std::vector<TargetKey>> known_targets();
  Result<std::vector<JournalEntry>> read_after(std::uint64_t after, std::size_t limit);
  Result<std::uint64_t> last_seq();
  Result<std::vector<PopulationMember>> load_population();
  Result<std::optional<WallTime>> forgotten_before();
  Result<std::map<std::string, std::uint64_t, std::less<>>> cursors();

 private:
  explicit Reader(Database database);

  /// All that `read` reads is of one transaction.
  template <typename T, typename Read>
  Result<T> at_one_moment(Read read);
  Result<TargetRecord> load_in_transaction(const TargetKey& target);
  Status read_jobs(std::int64_t target, JobTable& jobs);
  Status read_counters(std::int64_t target, TargetCounters& counters);
  Status read_violations(std::int64_t target, LastViolations& last);

  std::mutex mutex_;  // guards everything below
  Database database_;
  Statement begin_;
  Statement end_;
  TargetRows targets_;
  InventoryReader inventory_;
  PopulationRows population_;
  Statement get_jobs_;
  Statement get_counters_;
  Statement get_violations_;
  Statement get_targets_;
  Statement get_totals_;
  Statement get_entries_;
  Statement get_forgotten_before_;
  Statement get_last_seq_;
  Statement get_cursors_;
};

}  // namespace restorewatch
