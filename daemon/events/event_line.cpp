#include "events/event_line.h"

#include <optional>
#include <vector>

namespace restorewatch {
namespace {

/// Collects fields; one whose value is absent is left out.
class EventFields {
 public:
  template <typename Value>
  EventFields& add(std::string_view key, const Value& value) {
    fields_.emplace_back(key, value);
    return *this;
  }
  EventFields& add(std::string_view key, const std::optional<WallTime>& time) {
    if (time) fields_.emplace_back(key, format_time(*time));
    return *this;
  }
  EventFields& add(std::string_view key, const std::optional<ObjectId>& id) {
    if (id) fields_.emplace_back(key, to_string(*id));
    return *this;
  }
  EventFields& add(std::string_view key, const std::optional<std::string>& text) {
    if (text) fields_.emplace_back(key, *text);
    return *this;
  }

  const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// Completed, but not all of it: Atlas calls the job successful all the same.
bool is_partial(const Transition& transition) {
  return transition.to == JobState::Completed && transition.job.progress &&
         transition.job.progress->failed_collections > 0;
}

}  // namespace

LogLevel level_of(const Transition& transition) {
  switch (transition.to) {
    case JobState::Failed:
      return LogLevel::Error;
    case JobState::Cancelled:
    case JobState::Lost:
      return LogLevel::Warn;
    case JobState::Expired:
      if (transition.outcome == Outcome::Expired) return LogLevel::Warn;
      break;
    case JobState::Pending:
    case JobState::Queued:
    case JobState::Running:
    case JobState::InProgress:
    case JobState::Ready:
    case JobState::Completed:
    case JobState::Unknown:
      break;
  }
  return transition.missed || is_partial(transition) ? LogLevel::Warn : LogLevel::Info;
}

std::string event_line(LogFormat format, const Transition& transition) {
  const RestoreJob& job = transition.job;
  EventFields event;
  event.add("event", "restore_transition")
      .add("id", event_id(transition))
      .add("project_id", to_string(transition.target.project_id))
      .add("project_name", transition.project_name)
      .add("cluster_name", transition.target.cluster_name)
      .add("source", label(transition.target.source))
      .add("job_id", to_string(job.id))
      .add("delivery", label(job.delivery))
      .add("from", transition.from ? label(*transition.from) : "none")
      .add("to", label(transition.to));
  if (transition.outcome) event.add("outcome", label(*transition.outcome));
  event.add("purpose", label(transition.purpose))
      .add("scope", label(transition.scope))
      .add("requested_at", std::optional(job.requested_at))
      .add("finished_at", job.finished_at)
      .add("observed_at", std::optional(transition.observed_at))
      .add("not_before", transition.not_before);
  if (const auto duration = duration_of(job)) {
    event.add("duration_s", std::chrono::duration<double>(*duration).count());
  }
  if (job.progress) {
    event.add("restored_documents", job.progress->restored_documents)
        .add("total_documents", job.progress->total_documents)
        .add("failed_collections", job.progress->failed_collections);
  }
  event.add("snapshot_id", job.snapshot_id)
      .add("target_project_id", job.target_project_id)
      .add("target_cluster", job.target_cluster)
      .add("error", job.error_message)
      .add("missed", transition.missed);
  return log_line(format, transition.observed_at, level_of(transition), event.fields());
}

}  // namespace restorewatch
