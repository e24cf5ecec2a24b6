#include "poller/poller.h"

#include <algorithm>
#include <utility>

#include "jobs/future_times.h"
#include "jobs/sources.h"
#include "poller/look.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr seconds kPublishEvery{1};
constexpr seconds kKeepHouseEvery{10};

/// Unlisted jobs asked for in one look. More than a few means that a list was cut short on
/// Atlas's side; the next look goes on behind the last one asked for.
constexpr std::size_t kMaxAskedFor = 50;

/// While our clock is this much ahead of Atlas's at most, retention cuts by ours.
constexpr std::chrono::hours kCutsAhead{1};

/// A commit takes milliseconds.
constexpr std::chrono::milliseconds kWaitForCommit{100};

}  // namespace

Poller::Poller(PollerOptions options, Deps deps)
    : options_(options),
      deps_(std::move(deps)),
      telemetry_(deps_.telemetry),
      odd_answers_(telemetry_, deps_.log),
      started_(deps_.clock.steady_now()),
      fleet_(fleet_options_of(options), started_),
      schedule_({options.max_in_flight, options.spread}, started_),
      sweep_(started_) {
  telemetry_.interval(options.interval);
}

Status Poller::load() {
  auto totals = deps_.store.load_totals();
  if (!totals) return totals.error();
  fleet_.set_totals(*std::move(totals));
  const auto forgotten_before = deps_.store.forgotten_before();
  if (!forgotten_before) return forgotten_before.error();
  forgotten_before_ = *forgotten_before;
  return Success{};
}

void Poller::start() {
  publish_now();
  keep_house();
  start_due_looks();
}

void Poller::stop() {
  stopping_ = true;
  remember_looks();
  publish_now();  // what the last looks brought must not wait for its second to pass
}

void Poller::remember_looks() {
  std::vector<LookedAt> looks;
  for (const auto& [target, at] : std::exchange(looks_to_remember_, {})) {
    looks.push_back({target, at});
  }
  if (!looks.empty()) deps_.store.checkpoint(std::move(looks));
}

void Poller::start_due_looks() {
  if (stopping_) return;
  while (const auto target = schedule_.next(deps_.clock.steady_now())) start_look(*target);
  wake_for_next_turn();
}

void Poller::wake_for_next_turn() {
  const auto wake = schedule_.wake_at();
  if (!wake || (wake_planned_ && *wake_planned_ <= *wake)) return;
  wake_planned_ = wake;
  deps_.loop.at(*wake, [this, planned = *wake] {
    if (wake_planned_ == planned) wake_planned_.reset();
    start_due_looks();
  });
}

void Poller::start_look(TargetIndex index) {
  auto look = std::make_shared<Look>();
  look->index = index;
  look->options = options_;
  look->started_at = deps_.clock.wall_now();
  look->began = deps_.clock.steady_now();
  look->atlas_now = atlas_now();
  look->first = !fleet_.record(index).baseline_at.has_value();
  ++memories_[index].under_way;
  deps_.source.list(fleet_.target(index), [this, look](Listing listing) {
    look->listing = std::move(listing);
    take_time_of(*look);
    look->error = look->listing.error;
    look->to_ask_for = questions_for(*look);
    ask_for_next_unlisted(look);
  });
}

void Poller::take_time_of(Look& look) {
  if (!look.listing.served_at) return;
  look.atlas_now = *look.listing.served_at;
  atlas_time_.heard(look.atlas_now, deps_.clock.steady_now());
}

/// The unlisted jobs to ask for in this look, in the reverse order of asking.
std::vector<JobId> Poller::questions_for(const Look& look) {
  std::vector<JobId> ids = unlisted_open_jobs(fleet_.record(look.index), look.listing);
  if (ids.size() > kMaxAskedFor) {
    JobId& asked_last = memories_[look.index].asked_last;
    const auto behind = std::ranges::upper_bound(ids, asked_last);
    std::rotate(ids.begin(), behind, ids.end());  // clang 14 cannot read std::ranges::rotate
    ids.resize(kMaxAskedFor);
    asked_last = ids.back();
  }
  std::ranges::reverse(ids);
  return ids;
}

void Poller::ask_for_next_unlisted(const std::shared_ptr<Look>& look) {
  if (look->to_ask_for.empty() || stopping_) return conclude(look);
  const JobId id = look->to_ask_for.back();
  deps_.source.get(fleet_.target(look->index), id, [this, look, id](Result<RestoreJob> job) {
    if (!job && job.error().kind != ErrorKind::NotFound) {
      look->error = job.error();  // whatever is wrong, more questions will not help
      look->error->detail = "asking for job " + to_string(id) + ": " + look->error->detail;
      return conclude(look);
    }
    look->to_ask_for.pop_back();
    if (job) {
      auto& jobs = look->listing.jobs;
      jobs.insert(std::ranges::lower_bound(jobs, id, {}, &RestoreJob::id), *std::move(job));
    } else {
      look->not_found.push_back(id);
    }
    ask_for_next_unlisted(look);
  });
}

void Poller::conclude(const std::shared_ptr<Look>& look) {
  if (stopping_) return;
  if (must_wait(*look)) {
    const SteadyTime later = deps_.clock.steady_now() + kWaitForCommit;
    return deps_.loop.at(later, [this, look] { conclude(look); });
  }
  settle_owners(*look);
  odd_answers_.note(look->index, fleet_.target(look->index),
                    take_out_future_times(look->listing, look->atlas_now));
  LookFacts facts = facts_about(look->index, look->started_at, look->atlas_now, look->options);
  add_what_was_asked(*look, facts);
  Diff seen = diff(fleet_.record(look->index), look->moved_here, look->listing, facts);
  odd_answers_.note(look->index, fleet_.target(look->index), look->listing);
  if (!seen.result.changes_something()) return finish(*look);
  PollResult result = seen.result;
  fleet_.claim(look->index, result);
  deps_.store.commit(std::move(result), [this, look, seen = std::move(seen)](CommitStatus status) {
    deps_.loop.post([this, look, seen, status] { on_commit(look, seen, status); });
  });
}

/// By Atlas's clock, as far as known.
WallTime Poller::atlas_now() const {
  return atlas_time_.at(deps_.clock.steady_now(), deps_.clock.wall_now());
}

LookFacts Poller::facts_about(TargetIndex index, WallTime started_at, WallTime atlas_now,
                              const PollerOptions& by) const {
  const Target& target = fleet_.target(index);
  LookFacts facts;
  facts.project_name = target.project_name;
  facts.started_at = started_at;
  facts.looked_at = deps_.clock.wall_now();
  facts.atlas_now = atlas_now;
  // What retention has cut must not look new again.
  const WallTime now = std::max(atlas_now, std::min(facts.looked_at, atlas_now + kCutsAhead));
  facts.horizon = std::max(now - by.retention, forgotten_before_.value_or(WallTime::min()));
  facts.baseline_lookback = by.baseline_lookback;
  facts.lost_after = by.lost_after;
  // Of a target that only a mended role has brought into sight, nothing is news.
  if (!memories_.at(index).refused) facts.cluster_created_at = target.cluster_created_at;
  facts.project_known_since = target.project_known_since;
  return facts;
}

void Poller::add_what_was_asked(const Look& look, LookFacts& facts) {
  std::vector<JobId>& unseen = memories_[look.index].unseen;
  facts.whole = !look.error;
  facts.not_found = look.not_found;
  facts.unseen_before = std::exchange(unseen, look.to_ask_for);
  for (const UnreadableJob& job : look.listing.unreadable) {
    if (const auto id = parse_object_id(job.id)) unseen.push_back(*id);
  }
}

void Poller::on_commit(const std::shared_ptr<Look>& look, const Diff& seen, CommitStatus status) {
  fleet_.release(look->index, seen.result);
  switch (status) {
    case CommitStatus::Committed:
      fleet_.committed(look->index, seen.result);
      odd_answers_.note(fleet_.target(look->index), seen.anomalies);
      look->committed = true;
      break;
    case CommitStatus::Conflict:
      load_again(look->index);
      break;
    case CommitStatus::Failed:
      break;  // the store says so itself; the next look tries again
  }
  if (status != CommitStatus::Committed && !look->error) {
    look->error = Error{ErrorKind::Storage, "what was seen could not be committed"};
  }
  finish(*look);
}

/// Somebody else has written to the target. With one daemon to a store this does not happen, so
/// that it blocks the loop for a moment is no harm.
void Poller::load_again(TargetIndex index) {
  const Target& target = fleet_.target(index);
  deps_.log.warn("somebody else has written to the store; what it holds is taken over",
                 {{"project_id", to_string(target.key.project_id)},
                  {"cluster_name", target.key.cluster_name}});
  auto record = deps_.store.load(target.key);
  auto totals = deps_.store.load_totals();
  if (record && totals) {
    fleet_.replace(index, *std::move(record));
    fleet_.set_totals(*std::move(totals));
  } else {
    deps_.log.error("the store cannot be read",
                    {{"reason", (record ? totals.error() : record.error()).detail}});
  }
}

void Poller::finish(const Look& look) {
  --memories_[look.index].under_way;
  sweep_.looked_at(look.index, !look.error);
  if (look.error) {
    look_failed(look, *look.error);
  } else {
    look_succeeded(look);
  }
  telemetry_.turns_skipped(schedule_.finished(look.index, deps_.clock.steady_now()));
  settle(look.index);
  if (look.first) settle_resting();  // who waited for this one's jobs need not wait any more
  report_sweep();
  publish_soon();
  start_due_looks();
}

void Poller::report_sweep() {
  const auto round = sweep_.completed(deps_.clock.steady_now());
  if (!round) return;
  telemetry_.sweep_completed(round->duration, deps_.clock.wall_now());
  if (deps_.on_sweep) deps_.on_sweep(*round);
}

void Poller::look_succeeded(const Look& look) {
  const Target& target = fleet_.target(look.index);
  if (!look.committed) looks_to_remember_[target.key] = look.started_at;
  backoffs_[target.key.project_id].succeeded(look.began);
  if (!fleet_.is_polled(look.index)) return;
  const bool is_back = fleet_.saw(look.index, look.started_at, deps_.clock.steady_now()).now_up;
  if (!is_back && !look.first) return;
  deps_.log.info(look.first ? "target seen for the first time" : "target is visible",
                 {{"project_id", to_string(target.key.project_id)},
                  {"project_name", target.project_name},
                  {"cluster_name", target.key.cluster_name},
                  {"source", label(target.key.source)},
                  {"jobs_known", fleet_.record(look.index).jobs.size()}});
}

void Poller::look_failed(const Look& look, const Error& error) {
  const Target& target = fleet_.target(look.index);
  if (error.kind == ErrorKind::Storage) {
    // Atlas could be seen; what is missing is our own memory of it, which the store reports. It
    // does not count as having seen the target: what is shown of it grows old.
    fleet_.saw(look.index, std::nullopt, deps_.clock.steady_now());
    return;
  }
  telemetry_.poll_failed(target.key.project_id, error.kind);
  const bool refused = error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::Unauthorized;
  if (look.first && refused) memories_[look.index].refused = true;
  if (error.kind == ErrorKind::NotFound && !target.cluster_deleted && deps_.on_not_found) {
    deps_.on_not_found(target.key.project_id);
  }
  if (error.kind == ErrorKind::Throttled || error.retry_after) hold_project(look, error);
  if (!fleet_.is_polled(look.index)) return;
  if (error.kind == ErrorKind::Gone && facts_of(target.key.source).retired) {
    return withdraw_gone_source(look.index, error);
  }
  if (error.kind == ErrorKind::NotFound && target.cluster_deleted) {
    return withdraw_deleted(look.index, error);
  }
  if (!fleet_.failed(look.index, error.kind).now_down) return;
  deps_.log.error("target cannot be seen", {{"project_id", to_string(target.key.project_id)},
                                            {"project_name", target.project_name},
                                            {"cluster_name", target.key.cluster_name},
                                            {"source", label(target.key.source)},
                                            {"reason", label(error.kind)},
                                            {"detail", error.detail}});
}

void Poller::hold_project(const Look& look, const Error& error) {
  const ProjectId project = fleet_.target(look.index).key.project_id;
  const SteadyTime now = deps_.clock.steady_now();
  const auto until = backoffs_[project].throttled(error.retry_after, look.began, now);
  if (!until) return;
  schedule_.hold(groups_.at(project), *until);
  const auto wait = std::chrono::duration_cast<seconds>(*until - now);
  telemetry_.throttled(error.retry_after.has_value(), wait);
  deps_.log.warn("project is left alone", {{"project_id", to_string(project)},
                                           {"project_name", fleet_.target(look.index).project_name},
                                           {"seconds", wait.count()},
                                           {"reason", label(error.kind)},
                                           {"detail", error.detail}});
  if (deps_.on_hold) deps_.on_hold();
}

void Poller::publish_soon() {
  if (publish_planned_) return;
  publish_planned_ = true;
  const SteadyTime now = deps_.clock.steady_now();
  const SteadyTime due = published_at_ ? std::max(now, *published_at_ + kPublishEvery) : now;
  deps_.loop.at(due, [this] {
    publish_planned_ = false;
    publish_now();
  });
}

void Poller::publish_now() {
  published_at_ = deps_.clock.steady_now();
  deps_.publish(fleet_.snapshot(atlas_now(), *published_at_));
}

/// What must happen though nothing happens: unchanged looks are remembered, and a target that
/// stays silent is unknown in the end.
void Poller::keep_house() {
  if (stopping_) return;
  remember_looks();
  settle_resting();
  if (watch_again_) watch(inventory_);
  publish_soon();
  deps_.loop.at(deps_.clock.steady_now() + kKeepHouseEvery, [this] { keep_house(); });
}

}  // namespace restorewatch
