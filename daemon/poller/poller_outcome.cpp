// What becomes of a look once its result is known, and what is published; how looks are made is in
// poller.cpp.

#include <algorithm>
#include <utility>

#include "jobs/sources.h"
#include "poller/look.h"
#include "poller/poller.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr seconds kPublishEvery{1};
constexpr seconds kKeepHouseEvery{10};

/// What a look says of whether Atlas can be reached. Some errors may come from anything on the way,
/// and a call may be held back here as well as by a 429.
Schedule::Reach reach_of(const std::optional<Error>& error) {
  if (!error) return Schedule::Reach::Atlas;
  switch (error->kind) {
    case ErrorKind::Timeout:
    case ErrorKind::Unreachable:
    case ErrorKind::Malformed:
    case ErrorKind::Other:
      return Schedule::Reach::Nothing;
    case ErrorKind::Throttled:
    case ErrorKind::Storage:
    case ErrorKind::BadConfig:
      return Schedule::Reach::Unasked;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Gone:
      return Schedule::Reach::Atlas;
  }
  return Schedule::Reach::Unasked;
}

}  // namespace

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
  if (look.listing.extent != Extent::Singles) sweep_.looked_at(look.index, !look.error);
  if (look.error) {
    look_failed(look, *look.error);
  } else {
    look_succeeded(look);
  }
  const Schedule::Outcome outcome{!look.error, reach_of(look.error),
                                  active_jobs(fleet_.record(look.index))};
  telemetry_.turns_skipped(schedule_.finished(look.index, outcome, deps_.clock.steady_now()));
  tell_of_outage();
  look.first ? settle_all_named_like(look.index) : settle(look.index);
  report_sweep();
  publish_soon();
  start_due_looks();
}

void Poller::tell_of_outage() {
  if (std::exchange(outage_told_, schedule_.sees_outage()) == schedule_.sees_outage()) return;
  telemetry_.reachable(!outage_told_);
  if (outage_told_) {
    deps_.log.error("Atlas cannot be reached; single looks try until it is back");
  } else {
    deps_.log.info("Atlas can be reached again");
  }
}

void Poller::report_sweep() {
  const auto round = sweep_.completed(deps_.clock.steady_now());
  if (!round) return;
  telemetry_.sweep_completed(round->duration, deps_.clock.wall_now());
  if (deps_.on_sweep) deps_.on_sweep(*round);
}

void Poller::look_succeeded(const Look& look) {
  const Target& target = fleet_.target(look.index);
  if (look.listing.extent == Extent::Singles) return note_asked(look);
  memories_[look.index].asked_at.reset();
  if (!look.committed) looks_to_remember_[look.index] = look.started_at;
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

/// What single jobs show says nothing of those that may have come meanwhile, so it is no look at
/// the target as a whole.
void Poller::note_asked(const Look& look) {
  Memory& memory = memories_[look.index];
  memory.asked_at = look.started_at;
  memory.asked.clear();
  for (const RestoreJob& job : look.listing.jobs) memory.asked.push_back(job.id);
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
  if (!fleet_.is_polled(look.index)) return;
  if (error.kind == ErrorKind::Gone && facts_of(target.key.source).retired) {
    return withdraw_gone_source(look.index, error);
  }
  if (error.kind == ErrorKind::NotFound && target.cluster_deleted) {
    return withdraw_deleted(look.index, error);
  }
  if (!fleet_.failed(look.index, error.kind, deps_.clock.wall_now()).now_down) return;
  deps_.log.error("target cannot be seen", {{"project_id", to_string(target.key.project_id)},
                                            {"project_name", target.project_name},
                                            {"cluster_name", target.key.cluster_name},
                                            {"source", label(target.key.source)},
                                            {"reason", label(error.kind)},
                                            {"detail", error.detail}});
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
  show_intervals();
  deps_.publish(fleet_.snapshot(atlas_now(), *published_at_));
}

void Poller::show_intervals() {
  for (const auto& [target, interval] : schedule_.changed_intervals(*published_at_)) {
    fleet_.set_interval(target, interval);
  }
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
