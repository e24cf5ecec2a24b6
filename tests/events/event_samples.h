#pragma once

#include <string>

#include "base/telemetry.h"
#include "jobs/job_builders.h"
#include "jobs/journal.h"

namespace restorewatch::testing_events {

using namespace testing_jobs;

/// A job's step to `to`, as the `seq`-th entry.
inline JournalEntry step(std::uint64_t seq, int job_number, JobState to = JobState::Failed) {
  Transition transition;
  transition.target = target_key();
  transition.project_name = "prod";
  transition.job = job(to, job_number);
  transition.from = JobState::InProgress;
  transition.to = to;
  transition.outcome = transition.job.outcome;
  transition.observed_at = noon();
  return {seq, transition, {}};
}

inline JournalEntry note(std::uint64_t seq, NoteKind kind = NoteKind::DaemonStarted) {
  return {seq, Note{kind, noon()}, {}};
}

inline JournalEntry head(std::uint64_t seq) {
  return note(seq, NoteKind::HeadAnnounced);
}

/// Of the series of a sink; -1: there is none.
inline double sink_value(const Telemetry& telemetry, const std::string& name,
                         const std::string& sink) {
  for (const auto& family : telemetry.registry().Collect()) {
    if (family.name != name) continue;
    for (const auto& series : family.metric) {
      if (series.label.at(0).value != sink) continue;
      return family.type == prometheus::MetricType::Counter ? series.counter.value
                                                            : series.gauge.value;
    }
  }
  return -1;
}

}  // namespace restorewatch::testing_events
