#include "jobs/target_record.h"

namespace restorewatch {

void apply(const PollResult& result, TargetRecord& record) {
  ++record.version;
  if (result.looked_at) record.last_looked_at = result.looked_at;
  if (result.baseline_at) record.baseline_at = result.baseline_at;
  for (const TrackedJob& job : result.jobs) record.jobs.insert_or_assign(job.job.id, job);
  for (const Transition& transition : result.transitions) count(transition, record.counters);
}

}  // namespace restorewatch
