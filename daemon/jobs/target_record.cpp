#include "jobs/target_record.h"

namespace restorewatch {

void apply(const PollResult& result, TargetRecord& record) {
  ++record.version;
  if (result.looked_at) record.last_looked_at = result.looked_at;
  if (result.baseline_at) record.baseline_at = result.baseline_at;
  record.jobs.put_all(result.jobs);
  for (const Transition& transition : result.transitions) count(transition, record.counters);
}

bool is_forgotten(const JobView& job, WallTime horizon) {
  return is_ended(job.state()) && job.requested_at() < horizon;
}

std::size_t forget(TargetRecord& record, WallTime horizon) {
  return record.jobs.erase_if([&](const JobView& job) { return is_forgotten(job, horizon); });
}

}  // namespace restorewatch
