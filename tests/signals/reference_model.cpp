#include "signals/reference_model.h"

#include <algorithm>

#include <fmt/format.h>

namespace restorewatch::testing_signals {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

bool has_ended(JobState state) {
  static const std::set<JobState> kEnds{JobState::Completed, JobState::Failed, JobState::Cancelled,
                                        JobState::Expired, JobState::Lost};
  return kEnds.contains(state);
}

/// The outcome is known once work is over: at an end, or when a download can be fetched.
bool tells_outcome(JobState state) {
  return has_ended(state) || state == JobState::Ready;
}

/// An end that has not come yet is none.
RestoreJob as_far_as_it_can_be(RestoreJob shown, WallTime atlas_now) {
  if (shown.finished_at > atlas_now + minutes(5)) shown.finished_at.reset();
  return shown;
}

/// Retention goes by our clock, as long as it is not known to be ahead by more than an hour.
WallTime retention_now(const Sight& sight) {
  return std::max(sight.atlas_now, std::min(sight.our_now, sight.atlas_now + hours(1)));
}

Kind kind(const RestoreJob& job) {
  return job.delivery == Delivery::Download ? Kind::Download : Kind::Restore;
}

}  // namespace

std::vector<JobId> ReferenceModel::questions(const Sight& sight) const {
  std::vector<JobId> ids;
  const auto source = sources_.find(sight.source);
  if (!sight.complete || source == sources_.end()) return ids;  // half a list proves no absence
  for (const auto& [id, job] : source->second.jobs) {
    const bool listed = std::ranges::find(sight.listed, id, &RestoreJob::id) != sight.listed.end();
    if (!has_ended(job.state) && !listed && !sight.unreadable.contains(id)) ids.push_back(id);
  }
  return ids;
}

std::vector<std::string> ReferenceModel::look(const Sight& sight) {
  Watched& source = sources_[sight.source];
  std::map<JobId, RestoreJob> shown;
  for (const RestoreJob& job : sight.listed) shown.emplace(job.id, job);
  for (const auto& [id, job] : sight.answered) {
    if (job) shown.emplace(id, *job);
  }
  std::map<JobId, std::optional<std::string>> events;  // a job takes one step a look
  for (const auto& [id, told] : shown) {
    const RestoreJob job = as_far_as_it_can_be(told, sight.atlas_now);
    events[id] =
        source.jobs.contains(id) ? seen_again(source, job) : first_sight(source, job, sight);
  }
  for (const auto& [id, job] : sight.answered) {
    if (!job) events[id] = not_there(source, id, sight.atlas_now);
  }
  if (sight.complete && !source.baseline) source.baseline = sight.atlas_now;
  std::vector<std::string> told;
  for (const auto& [id, event] : events) {
    if (event) told.push_back(*event);
  }
  return told;
}

std::optional<std::string> ReferenceModel::first_sight(Watched& source, const RestoreJob& shown,
                                                       const Sight& sight) {
  const bool history = shown.requested_at < retention_now(sight) - settings_.retention;
  if (history && has_ended(shown.state)) return std::nullopt;
  Job& job = source.jobs[shown.id];
  job.shown = shown;
  if (!history && is_news(source, shown, sight)) {
    ++source.requested;
    if (has_ended(shown.state)) ++missed_;
    return enter(source, job, std::nullopt);
  }
  job.state = shown.state;
  ++job.entered[shown.state];
  if (tells_outcome(shown.state)) job.outcome = shown.outcome;
  return std::nullopt;
}

bool ReferenceModel::is_news(const Watched& source, const RestoreJob& shown,
                             const Sight& sight) const {
  const WallTime end = shown.finished_at.value_or(shown.requested_at);
  const WallTime at_the_latest = end + seconds(1);  // Atlas's times are whole seconds
  if (source.baseline) return !has_ended(shown.state) || at_the_latest > *source.baseline;
  const auto& born = settings_.watched_from_birth;
  if (born && shown.requested_at + seconds(1) > *born) return true;
  return settings_.lookback > minutes(0) && has_ended(shown.state) &&
         end >= sight.atlas_now - settings_.lookback;
}

std::optional<std::string> ReferenceModel::seen_again(Watched& source, const RestoreJob& shown) {
  Job& job = source.jobs.at(shown.id);
  job.missing_since.reset();
  job.shown = shown;
  if (shown.state == job.state) return std::nullopt;
  if (job.outcome == Outcome::Lost) job.outcome.reset();  // our own conclusion was wrong
  return enter(source, job, job.state);
}

std::optional<std::string> ReferenceModel::not_there(Watched& source, const JobId& id,
                                                     WallTime now) {
  Job& job = source.jobs.at(id);
  if (!job.missing_since) job.missing_since = now;
  if (now - *job.missing_since < settings_.lost_after) return std::nullopt;
  job.shown.state = JobState::Lost;
  job.shown.outcome = Outcome::Lost;
  return enter(source, job, job.state);
}

std::string ReferenceModel::enter(Watched& source, Job& job, std::optional<JobState> from) {
  job.state = job.shown.state;
  const int nth = ++job.entered[job.state];
  const bool first_evidence = !job.outcome && job.shown.outcome && tells_outcome(job.state);
  if (first_evidence) {
    job.outcome = job.shown.outcome;
    ++source.finished[{kind(job.shown), *job.outcome}];
  }
  return fmt::format("job {} {}>{} nth={} outcome={}{}{}{}",
                     static_cast<int>(job.shown.id.bytes.back()), from ? label(*from) : "none",
                     label(job.state), nth, job.outcome ? label(*job.outcome) : "none",
                     from ? "" : " +request", first_evidence ? " +outcome" : "",
                     !from && has_ended(job.state) ? " missed" : "");
}

void ReferenceModel::forget(WallTime horizon) {
  for (auto& [name, source] : sources_) {
    std::erase_if(source.jobs, [&](const auto& entry) {
      return has_ended(entry.second.state) && entry.second.shown.requested_at < horizon;
    });
  }
}

}  // namespace restorewatch::testing_signals
