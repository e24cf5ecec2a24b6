#include "report/job_evidence.h"

namespace restorewatch {
namespace {

/// An outcome is set by the step that counts it. One that stands there uncounted was known before
/// the journal's first word on the job: from the first look, or from an entry that retention cut.
void take_outcome(const Transition& step, JobEvidence& job) {
  if (!step.outcome) {  // none yet, or taken back: it was lost, and is there again
    job.outcome.reset();
    job.ended_at.reset();
    job.end_seen.reset();
  } else if (step.counts_outcome) {
    job.outcome = step.outcome;
    job.ended_at = step.job.finished_at.value_or(step.observed_at);
    job.end_seen = Sighting{step.observed_at, step.not_before};
  } else if (!job.outcome) {
    job.outcome = step.outcome;
    job.ended_at = step.job.finished_at.value_or(step.job.requested_at);
  }
}

void take(const Transition& step, JobEvidence& job) {
  job.target = step.target;
  job.job = step.job;
  job.purpose = step.purpose;
  if (!step.from) job.first_seen = Sighting{step.observed_at, step.not_before};
  job.missed = job.missed || step.missed;
  job.violations |= step.violations;
  take_outcome(step, job);
}

}  // namespace

std::string_view label(Evidence evidence) {
  return evidence == Evidence::Journal ? "journal" : "baseline";
}

std::optional<std::chrono::milliseconds> Sighting::uncertainty() const {
  if (!not_before || *not_before > at) return std::nullopt;
  return at - *not_before;
}

std::optional<std::chrono::milliseconds> JobEvidence::duration() const {
  return outcome == Outcome::Completed ? duration_of(job) : std::nullopt;
}

std::optional<std::chrono::milliseconds> JobEvidence::recovery_point_age() const {
  if (!job.recovery_point || *job.recovery_point > job.requested_at) return std::nullopt;
  return job.requested_at - *job.recovery_point;
}

bool JobEvidence::is_good_drill() const {
  return kind() == Kind::Restore && purpose == Purpose::Drill && outcome == Outcome::Completed;
}

JobEvidence evidence_of(const TargetKey& target, const TrackedJob& tracked) {
  JobEvidence job;
  job.target = target;
  job.job = tracked.job;
  job.purpose = tracked.purpose;
  job.outcome = tracked.outcome;
  job.ended_at = tracked.ended_at;
  job.evidence = Evidence::Baseline;
  return job;
}

void JobAssembly::add(const Transition& transition) {
  if (!jobs_.empty() && jobs_.begin()->second.job.id != transition.job.id) finish();
  take(transition, jobs_[transition.target.project_id]);
}

void JobAssembly::finish() {
  for (const auto& [project, job] : jobs_) take_(job);
  jobs_.clear();
}

}  // namespace restorewatch
