#include "signals/scripted_atlas.h"

#include <algorithm>
#include <utility>

#include "jobs/job_builders.h"

namespace restorewatch::testing_signals {
namespace {

using testing_jobs::job_id;
using testing_jobs::noon;
using testing_jobs::project;

std::optional<Outcome> outcome_in(JobState state, const std::optional<Outcome>& before) {
  switch (state) {
    case JobState::Completed:
    case JobState::Ready:
      return Outcome::Completed;
    case JobState::Failed:
      return Outcome::Failed;
    case JobState::Cancelled:
      return Outcome::Cancelled;
    case JobState::Expired:  // a link that was there once
      return before == Outcome::Completed ? before : Outcome::Expired;
    default:
      return std::nullopt;
  }
}

}  // namespace

Source ScriptedAtlas::source_of(int job) {
  return job % 4 < 2 ? Source::Dedicated : Source::Collection;
}

WallTime ScriptedAtlas::now() const {
  return std::chrono::floor<std::chrono::seconds>(clock_.true_now());
}

void ScriptedAtlas::happen(const Step& step) {
  if (step.deed == Deed::Appear) return appear(step);
  const auto found = jobs_.find(step.job);
  if (found == jobs_.end()) return;
  Shown& shown = found->second;
  switch (step.deed) {
    case Deed::Change:
      return change(shown, step);
    case Deed::LateEnd:
      if (is_ended(shown.job.state)) shown.job.finished_at = now() + std::chrono::hours(1);
      return;
    case Deed::Retarget:
      shown.job.target_cluster = "elsewhere-" + std::to_string(step.number);
      return;
    case Deed::Unlist:
      shown.listed = false;
      return;
    case Deed::Vanish:
      shown.listed = shown.found = false;
      return;
    case Deed::Return:
      shown.listed = shown.found = true;
      return;
    case Deed::Blur:
    case Deed::Clear:
      shown.readable = step.deed == Deed::Clear;
      return;
    default:
      return;
  }
}

void ScriptedAtlas::appear(const Step& step) {
  if (jobs_.contains(step.job)) return;
  Shown shown;
  const WallTime requested_at = now() - std::chrono::minutes(step.number);
  shown.job.id = job_id(step.job, std::chrono::floor<std::chrono::seconds>(noon() - requested_at));
  shown.job.requested_at = requested_at;
  shown.job.delivery = step.job % 2 == 1 ? Delivery::Automated : Delivery::Download;
  shown.job.target_project_id = project();
  shown.job.target_cluster = "drill-1";
  change(shown, step);
  // Most that have ended did so somewhere on the way.
  if (shown.job.finished_at) {
    *shown.job.finished_at -= std::chrono::minutes(step.number) / 2;
  }
  jobs_.emplace(step.job, std::move(shown));
}

void ScriptedAtlas::change(Shown& shown, const Step& step) const {
  const JobState state = step.state;
  shown.job.outcome = outcome_in(state, shown.job.outcome);
  // A download that says when its link will expire, before it has one.
  const bool promised = state == JobState::InProgress && step.number == 0;
  if (promised && step.job % 2 == 0) shown.job.outcome = Outcome::Completed;
  shown.job.state = state;
  shown.job.has_link = state == JobState::Ready;
  shown.job.finished_at.reset();  // only some ends have a time
  if (state == JobState::Completed || state == JobState::Failed) shown.job.finished_at = now();
}

std::vector<Sight> ScriptedAtlas::take_sights() {
  answered_ = 0;
  hindrance_.reset();
  return std::exchange(sights_, {});
}

Sight& ScriptedAtlas::sight_of(Source source) {
  return *std::find_if(sights_.rbegin(), sights_.rend(),
                       [&](const Sight& sight) { return sight.source == source; });
}

CallBucket ScriptedAtlas::bucket_of(const Target& target) const {
  return {to_string(target.key.project_id), "cloud_backups"};
}

void ScriptedAtlas::list(const Target& target, Known /*known*/, ListDone done) {
  const Source source = target.key.source;
  loop_.post([this, source, done = std::move(done)] {
    Listing listing = listing_of(source);
    Sight sight{source, now(), clock_.wall_now(), listing.complete(), listing.jobs, {}, {}, {}};
    for (const UnreadableJob& job : listing.unreadable) {
      sight.unreadable.insert(*parse_object_id(job.id));
    }
    sights_.push_back(std::move(sight));
    done(std::move(listing));
  });
}

Listing ScriptedAtlas::listing_of(Source source) {
  Listing listing;
  listing.served_at = now();
  for (const auto& [number, shown] : jobs_) {
    if (!shown.listed || source_of(number) != source) continue;
    if (shown.readable) {
      listing.jobs.push_back(shown.job);
    } else {
      listing.unreadable.push_back({to_string(shown.job.id), "blurred"});
    }
  }
  std::ranges::sort(listing.jobs, {}, &RestoreJob::id);
  if (hindrance_) cut(listing);
  return listing;
}

void ScriptedAtlas::cut(Listing& listing) const {
  const auto kept = static_cast<std::size_t>(hindrance_->number);
  if (hindrance_->deed == Deed::CutLook) {
    listing.error = Error{ErrorKind::Timeout, "page 2"};
    if (listing.jobs.size() > kept) listing.jobs.resize(kept);
  } else if (hindrance_->deed == Deed::FailedLook) {
    listing = {};
    listing.error = Error{ErrorKind::Unreachable, "no way"};
  }
}

void ScriptedAtlas::get(const Target& target, const JobId& id, GetDone done) {
  loop_.post([this, source = target.key.source, id, done = std::move(done)] {
    Sight& sight = sight_of(source);
    sight.asked.push_back(id);
    const bool stalls = hindrance_ && hindrance_->deed == Deed::UnansweredLook;
    if (stalls && answered_++ >= hindrance_->number) {
      return done(Error{ErrorKind::Timeout, "no answer"});
    }
    const auto found =
        std::ranges::find_if(jobs_, [&](const auto& entry) { return entry.second.job.id == id; });
    if (found == jobs_.end() || !found->second.found) {
      sight.answered[id] = std::nullopt;
      return done(Error{ErrorKind::NotFound, "no such job"});
    }
    sight.answered[id] = found->second.job;
    done(found->second.job);
  });
}

}  // namespace restorewatch::testing_signals
