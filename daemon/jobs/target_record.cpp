#include "jobs/target_record.h"

namespace restorewatch {

void apply(const PollResult& result, TargetRecord& record) {
  ++record.version;
  if (result.looked_at) record.last_looked_at = result.looked_at;
  if (result.baseline_at) record.baseline_at = result.baseline_at;
  for (const TrackedJob& job : result.jobs) record.jobs.insert_or_assign(job.job.id, job);
  for (const Transition& transition : result.transitions) count(transition, record.counters);
}

bool is_forgotten(const TrackedJob& tracked, WallTime horizon) {
  return is_ended(tracked.job.state) && tracked.job.requested_at < horizon;
}

std::size_t forget(TargetRecord& record, WallTime horizon) {
  return std::erase_if(record.jobs,
                       [&](const auto& job) { return is_forgotten(job.second, horizon); });
}

}  // namespace restorewatch
