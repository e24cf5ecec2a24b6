#include "poller/poller.h"

#include <algorithm>
#include <utility>

#include "jobs/future_times.h"
#include "jobs/sources.h"
#include "poller/look.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

/// Unlisted jobs asked for in one look. More than a few means that a list was cut short on
/// Atlas's side; the next look goes on behind the last one asked for.
constexpr std::size_t kMaxAskedFor = 50;
constexpr std::size_t kMaxAskedOften = 10;  // in looks that come often

/// While our clock is this much ahead of Atlas's at most, retention cuts by ours.
constexpr std::chrono::hours kCutsAhead{1};

/// A commit takes milliseconds.
constexpr std::chrono::milliseconds kWaitForCommit{100};

}  // namespace

Poller::Poller(PollerOptions options, Deps deps)
    : options_(std::move(options)),
      deps_(std::move(deps)),
      telemetry_(deps_.telemetry),
      odd_answers_(telemetry_, deps_.log),
      started_(deps_.clock.steady_now()),
      fleet_(fleet_options_of(options_), started_),
      schedule_({options_.max_in_flight, options_.spread}, deps_.budget, started_),
      sweep_(started_) {
  telemetry_.interval(options_.interval);
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
  for (const auto& [index, at] : std::exchange(looks_to_remember_, {})) {
    looks.push_back({fleet_.target(index).key, at});
  }
  if (!looks.empty()) deps_.store.checkpoint(std::move(looks));
}

void Poller::start_due_looks() {
  if (stopping_) return;
  while (const auto action = schedule_.next(deps_.clock.steady_now())) start_look(*action);
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

void Poller::start_look(const Schedule::Action& action) {
  auto look = std::make_shared<Look>();
  look->index = action.target;
  look->options = options_;
  look->started_at = deps_.clock.wall_now();
  look->atlas_now = atlas_now();
  look->first = !fleet_.record(look->index).baseline_at.has_value();
  look->listing.extent = action.extent;
  ++memories_[look->index].under_way;
  if (action.extent != Extent::Singles) return list(look);
  look->to_ask_for = questions_for(*look);
  if (!look->to_ask_for.empty()) return ask_for_next_unlisted(look);
  look->listing.extent = Extent::Newest;
  list(look);
}

void Poller::list(const std::shared_ptr<Look>& look) {
  deps_.source.list(fleet_.target(look->index), known_of(*look), [this, look](Listing listing) {
    look->listing = std::move(listing);
    take_time_of(*look);
    look->error = look->listing.error;
    if (look->listing.unchanged && !stopping_) return finish(*look);
    look->to_ask_for = questions_for(*look);
    ask_for_next_unlisted(look);
  });
}

/// A sweep reads everything anew.
JobSource::Known Poller::known_of(const Look& look) const {
  if (look.listing.extent == Extent::Whole) return {};
  const auto is_settled = [this, index = look.index](const RestoreJob& shown) {
    return this->is_settled(index, shown);
  };
  return {is_settled, memories_.at(look.index).answer};
}

/// Known as it is shown, and ended; or forgotten by retention.
bool Poller::is_settled(TargetIndex index, const RestoreJob& shown) const {
  if (!is_ended(shown.state)) return false;
  return shown.requested_at < horizon(atlas_now(), options_) || fleet_.knows(index, shown);
}

void Poller::take_time_of(Look& look) {
  if (!look.listing.served_at) return;
  look.atlas_now = *look.listing.served_at;
  atlas_time_.heard(look.atlas_now, deps_.clock.steady_now());
}

/// The jobs to ask for one by one in this look, in the reverse order of asking.
std::vector<JobId> Poller::questions_for(const Look& look) {
  Memory& memory = memories_[look.index];
  std::vector<JobId> ids = jobs_to_ask_for(fleet_.record(look.index), look.listing, look.atlas_now);
  if (look.listing.extent == Extent::Singles) {
    // What the list shows but nobody can read, nobody could read alone.
    std::erase_if(ids, [&](const JobId& id) { return std::ranges::count(memory.unseen, id) > 0; });
  }
  const std::size_t most = look.listing.extent == Extent::Whole ? kMaxAskedFor : kMaxAskedOften;
  if (ids.size() > most) {
    const auto behind = std::ranges::upper_bound(ids, memory.asked_last);
    std::rotate(ids.begin(), behind, ids.end());  // clang 14 cannot read std::ranges::rotate
    ids.resize(most);
    memory.asked_last = ids.back();
  }
  std::ranges::reverse(ids);
  return ids;
}

void Poller::ask_for_next_unlisted(const std::shared_ptr<Look>& look) {
  if (look->to_ask_for.empty() || stopping_) return conclude(look);
  const JobId id = look->to_ask_for.back();
  look->asked = true;
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
  const std::size_t shown = look->listing.jobs.size();
  settle_owners(*look);
  const auto future = take_out_future_times(look->listing, look->atlas_now);
  odd_answers_.note(look->index, fleet_.target(look->index), future);
  const bool is_as_shown = future.empty() && shown == look->listing.jobs.size();
  LookFacts facts = facts_about(look->index, look->started_at, look->atlas_now, look->options);
  add_what_was_asked(*look, facts);
  Diff seen = diff(fleet_.record(look->index), look->moved_here, look->listing, facts);
  odd_answers_.note(look->index, fleet_.target(look->index), look->listing);
  note_answer(*look, is_as_shown && !seen.result.changes_something());
  if (!seen.result.changes_something()) return finish(*look);
  PollResult result = seen.result;
  fleet_.claim(look->index, result);
  deps_.store.commit(std::move(result), [this, look, seen = std::move(seen)](CommitStatus status) {
    deps_.loop.post([this, look, seen, status] { on_commit(look, seen, status); });
  });
}

/// The same answer would bring no news again: all that it holds is known, and nothing but the
/// answer decides what it says.
void Poller::note_answer(const Look& look, bool brought_no_news) {
  Memory& memory = memories_[look.index];
  const Listing& listing = look.listing;
  if (listing.extent == Extent::Singles && brought_no_news) return;
  const bool is_plain =
      !look.error && !look.asked && listing.unreadable.empty() && listing.unknown_words.empty();
  memory.answer = brought_no_news && is_plain ? listing.answer : std::nullopt;
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
  facts.horizon = horizon(atlas_now, by);
  facts.baseline_lookback = by.baseline_lookback;
  facts.lost_after = by.lost_after;
  facts.drills = by.drills;
  facts.policies = by.policies;
  facts.inventory = inventory_;
  // Of a target that only a mended role has brought into sight, nothing is news.
  if (!memories_.at(index).refused) facts.cluster_created_at = target.cluster_created_at;
  facts.project_known_since = target.project_known_since;
  return facts;
}

/// What retention has cut must not look new again.
WallTime Poller::horizon(WallTime atlas_now, const PollerOptions& by) const {
  const WallTime now =
      std::max(atlas_now, std::min(deps_.clock.wall_now(), atlas_now + kCutsAhead));
  return std::max(now - by.retention, forgotten_before_.value_or(WallTime::min()));
}

void Poller::add_what_was_asked(const Look& look, LookFacts& facts) {
  Memory& memory = memories_[look.index];
  facts.whole = !look.error;
  facts.not_found = look.not_found;
  facts.asked_before = memory.asked;
  facts.asked_at = memory.asked_at;
  facts.unseen_before = memory.unseen;
  if (look.listing.extent != Extent::Singles) memory.unseen.clear();
  memory.unseen.insert(memory.unseen.end(), look.to_ask_for.begin(), look.to_ask_for.end());
  for (const UnreadableJob& job : look.listing.unreadable) {
    if (const auto id = parse_object_id(job.id)) memory.unseen.push_back(*id);
  }
}

}  // namespace restorewatch
