#include "poller/poller.h"

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr seconds kPublishEvery{1};
constexpr seconds kKeepHouseEvery{10};

/// Unlisted jobs asked for in one look. More than a few means that a list was cut short on
/// Atlas's side; the next look goes on behind the last one asked for.
constexpr std::size_t kMaxAskedFor = 50;

/// What is remembered of a target's unreadable jobs, so that each is reported once.
constexpr std::size_t kMaxRemembered = 1000;

/// Mixes a target's identity into a place in the interval: FNV-1a, the same on every machine.
std::uint64_t place_of(const TargetKey& key) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  const auto mix = [&](std::uint8_t byte) { hash = (hash ^ byte) * 0x100000001B3ULL; };
  for (const std::uint8_t byte : key.project_id.bytes) mix(byte);
  for (const char c : key.cluster_name) mix(static_cast<std::uint8_t>(c));
  mix(static_cast<std::uint8_t>(key.source));
  return hash;
}

}  // namespace

struct Poller::Look {
  TargetIndex index = 0;
  WallTime started_at;
  SteadyTime began;
  bool first = false;  // nothing is known of the target yet
  Listing listing;
  std::vector<JobId> to_ask_for;  // from the back
  std::vector<JobId> not_found;
  std::optional<Error> error;  // the first thing that went wrong
  bool committed = false;      // the store knows of this look
};

Poller::Poller(PollerOptions options, Deps deps)
    : options_(options),
      deps_(std::move(deps)),
      telemetry_(deps_.telemetry),
      started_(deps_.clock.steady_now()),
      fleet_({.interval = options.interval,
              .stale_after = options.stale_after,
              .list_jobs = options.per_job_series,
              .job_retention = options.job_retention,
              .max_listed_jobs = options.max_job_series},
             started_),
      schedule_({options.interval, options.max_in_flight, options.spread}, started_),
      sweep_(0, started_) {
  telemetry_.interval(options.interval);
}

Status Poller::load(std::vector<Target> targets) {
  auto totals = deps_.store.load_totals();
  if (!totals) return totals.error();
  fleet_.set_totals(*std::move(totals));
  telemetry_.targets(targets);
  sweep_ = Sweep(targets.size(), started_);
  for (Target& target : targets) {
    auto record = deps_.store.load(target.key);
    if (!record) return record.error();
    const auto group = groups_.try_emplace(target.key.project_id, groups_.size()).first->second;
    schedule_.add(group, place_of(target.key));
    fleet_.add(std::move(target), *std::move(record));
  }
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
  look->started_at = deps_.clock.wall_now();
  look->began = deps_.clock.steady_now();
  look->first = !fleet_.record(index).baseline_at.has_value();
  deps_.source.list(fleet_.target(index), [this, look](Listing listing) {
    look->listing = std::move(listing);
    look->error = look->listing.error;
    look->to_ask_for = questions_for(*look);
    ask_for_next_unlisted(look);
  });
}

/// The unlisted jobs to ask for in this look, in the reverse order of asking.
std::vector<JobId> Poller::questions_for(const Look& look) {
  std::vector<JobId> ids = unlisted_open_jobs(fleet_.record(look.index), look.listing);
  if (ids.size() > kMaxAskedFor) {
    const auto behind = std::ranges::upper_bound(ids, asked_last_[look.index]);
    std::rotate(ids.begin(), behind, ids.end());  // clang 14 cannot read std::ranges::rotate
    ids.resize(kMaxAskedFor);
    asked_last_[look.index] = ids.back();
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
  Diff seen = diff(fleet_.record(look->index), look->listing, facts_of(*look));
  note_unreadable(*look);
  if (!seen.result.changes_something()) return finish(*look);
  PollResult result = seen.result;
  deps_.store.commit(std::move(result), [this, look, seen = std::move(seen)](CommitStatus status) {
    deps_.loop.post([this, look, seen, status] { on_commit(look, seen, status); });
  });
}

LookFacts Poller::facts_of(const Look& look) {
  LookFacts facts;
  facts.project_name = fleet_.target(look.index).project_name;
  facts.started_at = look.started_at;
  facts.looked_at = deps_.clock.wall_now();
  facts.whole = !look.error;
  facts.horizon = facts.looked_at - options_.retention;
  facts.baseline_lookback = options_.baseline_lookback;
  facts.lost_after = options_.lost_after;
  facts.not_found = look.not_found;
  facts.unseen_before = std::exchange(unseen_[look.index], look.to_ask_for);
  for (const UnreadableJob& job : look.listing.unreadable) {
    if (const auto id = parse_object_id(job.id)) unseen_[look.index].push_back(*id);
  }
  return facts;
}

void Poller::note_unreadable(const Look& look) {
  auto& reported = unreadable_reported_[look.index];
  if (reported.size() > kMaxRemembered) reported.clear();
  for (const UnreadableJob& job : look.listing.unreadable) {
    if (!reported.insert(job.id + job.reason).second) continue;
    warn_of(look, kUnreadableJob, job.id, job.reason);
  }
}

void Poller::note_anomalies(const Look& look, const std::vector<AnomalySeen>& anomalies) {
  for (const AnomalySeen& odd : anomalies) {
    warn_of(look, label(odd.anomaly), to_string(odd.job), "kept as Atlas shows it");
  }
}

void Poller::warn_of(const Look& look, std::string_view what, const std::string& job,
                     std::string_view reason) {
  const Target& target = fleet_.target(look.index);
  telemetry_.anomaly(what);
  deps_.log.warn("odd answer from Atlas", {{"kind", what},
                                           {"project_id", to_string(target.key.project_id)},
                                           {"cluster_name", target.key.cluster_name},
                                           {"source", label(target.key.source)},
                                           {"job_id", job},
                                           {"reason", reason}});
}

void Poller::on_commit(const std::shared_ptr<Look>& look, const Diff& seen, CommitStatus status) {
  switch (status) {
    case CommitStatus::Committed:
      fleet_.committed(look->index, seen.result);
      note_anomalies(*look, seen.anomalies);
      look->committed = true;
      break;
    case CommitStatus::Conflict:
      load_again(*look);
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
void Poller::load_again(const Look& look) {
  const Target& target = fleet_.target(look.index);
  deps_.log.warn("somebody else has written to the store; what it holds is taken over",
                 {{"project_id", to_string(target.key.project_id)},
                  {"cluster_name", target.key.cluster_name}});
  auto record = deps_.store.load(target.key);
  auto totals = deps_.store.load_totals();
  if (record && totals) {
    fleet_.replace(look.index, *std::move(record));
    fleet_.set_totals(*std::move(totals));
  } else {
    deps_.log.error("the store cannot be read",
                    {{"reason", (record ? totals.error() : record.error()).detail}});
  }
}

void Poller::finish(const Look& look) {
  const SteadyTime now = deps_.clock.steady_now();
  if (look.error) {
    look_failed(look, *look.error);
  } else {
    look_succeeded(look);
  }
  telemetry_.turns_skipped(schedule_.finished(look.index, now));
  if (const auto round = sweep_.looked_at(look.index, !look.error, now)) {
    telemetry_.sweep_completed(round->duration, deps_.clock.wall_now());
    if (deps_.on_sweep) deps_.on_sweep(*round);
  }
  publish_soon();
  start_due_looks();
}

void Poller::look_succeeded(const Look& look) {
  const Target& target = fleet_.target(look.index);
  if (!look.committed) looks_to_remember_[target.key] = look.started_at;
  backoffs_[target.key.project_id].succeeded(look.began);
  if (!fleet_.saw(look.index, look.started_at, deps_.clock.steady_now()).now_up) return;
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
  if (error.kind == ErrorKind::Throttled || error.retry_after) hold_project(look, error);
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
  deps_.publish(fleet_.snapshot(deps_.clock.wall_now(), *published_at_));
}

/// What must happen though nothing happens: unchanged looks are remembered, and a target that
/// stays silent is unknown in the end.
void Poller::keep_house() {
  if (stopping_) return;
  remember_looks();
  publish_soon();
  deps_.loop.at(deps_.clock.steady_now() + kKeepHouseEvery, [this] { keep_house(); });
}

}  // namespace restorewatch
