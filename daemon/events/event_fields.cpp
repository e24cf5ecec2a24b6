#include "events/event_fields.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace restorewatch {
namespace {

/// Of a head's hash, in its id: hexadecimal digits, enough that no two heads share them.
constexpr std::size_t kHashInId = 16;

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

  std::vector<Field> take() { return std::move(fields_); }

 private:
  std::vector<Field> fields_;
};

/// Completed, but not all of it: Atlas calls the job successful all the same.
bool is_partial(const Transition& transition) {
  return transition.to == JobState::Completed && transition.job.progress &&
         transition.job.progress->failed_collections > 0;
}

LogLevel level_of(const Transition& transition) {
  if (transition.violations.any()) return LogLevel::Error;
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

std::vector<Field> fields_of(const Transition& transition) {
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
  event.add("purpose", label(transition.purpose)).add("scope", label(transition.scope));
  if (transition.violations.any()) event.add("violations", label(transition.violations));
  event.add("requested_at", std::optional(job.requested_at))
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
  return event.take();
}

/// The announcement is itself the journal's newest entry: the head is its own number and hash.
std::vector<Field> fields_of_head(const JournalEntry& entry) {
  EventFields event;
  event.add("event", "journal_head")
      .add("id", id_of(entry))
      .add("seq", entry.seq)
      .add("hash", to_hex(entry.hash));
  return event.take();
}

}  // namespace

bool is_told(const JournalEntry& entry) {
  const Note* const note = entry.note();
  return note == nullptr || note->kind == NoteKind::HeadAnnounced;
}

std::string id_of(const JournalEntry& entry) {
  if (const Transition* const transition = entry.transition()) return event_id(*transition);
  // With its hash: once a backup was put back, a number is given a second time.
  return "journal_head:" + std::to_string(entry.seq) + ":" +
         to_hex(entry.hash).substr(0, kHashInId);
}

LogLevel level_of(const JournalEntry& entry) {
  const Transition* const transition = entry.transition();
  return transition == nullptr ? LogLevel::Info : level_of(*transition);
}

std::vector<Field> event_fields(const JournalEntry& entry) {
  if (const Transition* const transition = entry.transition()) return fields_of(*transition);
  return fields_of_head(entry);
}

}  // namespace restorewatch
