#include "jobs/target_record.h"

#include <algorithm>

namespace restorewatch {

void note(const Violations& violations, WallTime observed_at, LastViolations& last) {
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) {
    if (violations.test(i)) last[i] = std::max(last[i].value_or(observed_at), observed_at);
  }
}

void merge(const LastViolations& other, LastViolations& into) {
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) into[i] = std::max(into[i], other[i]);
}

void apply(const PollResult& result, TargetRecord& record) {
  ++record.version;
  if (result.looked_at) record.last_looked_at = result.looked_at;
  if (result.baseline_at) record.baseline_at = result.baseline_at;
  record.jobs.put_all(result.jobs);
  for (const Transition& transition : result.transitions) {
    count(transition, record.counters);
    note(transition.violations, transition.observed_at, record.last_violation_at);
  }
}

bool is_forgotten(const JobView& job, WallTime horizon) {
  return is_ended(job.state()) && job.requested_at() < horizon;
}

std::size_t forget(TargetRecord& record, WallTime horizon) {
  return record.jobs.erase_if([&](const JobView& job) { return is_forgotten(job, horizon); });
}

}  // namespace restorewatch
