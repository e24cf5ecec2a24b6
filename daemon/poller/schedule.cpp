#include "poller/schedule.h"

#include <algorithm>
#include <utility>

namespace restorewatch {

using std::chrono::milliseconds;

Schedule::Schedule(Options options, const RateBudget& budget, SteadyTime start)
    : options_(options), budget_(budget), start_(start) {}

milliseconds Schedule::Entry::interval() const {
  return active > 0 ? std::min(turns.active_interval, turns.interval) : turns.interval;
}

LookQueue::Line Schedule::Entry::line() const {
  return active > 0 ? LookQueue::Line::Active : LookQueue::Line::Idle;
}

Schedule::Bucket& Schedule::bucket_at(RateBudget::BucketIndex index) {
  if (index >= buckets_.size()) buckets_.resize(index + 1);
  return buckets_[index];
}

/// Without spreading every target is at the beginning.
TurnGrid Schedule::grid(const Entry& entry, milliseconds interval) const {
  return {interval, options_.spread ? entry.turns.place : 0, start_};
}

Schedule::TargetIndex Schedule::add(RateBudget::BucketIndex bucket, const Turns& turns,
                                    ActiveJobs active, milliseconds first_within, SteadyTime now) {
  const TargetIndex target = entries_.size();
  Entry entry;
  entry.bucket = bucket;
  entry.turns = turns;
  entry.active = active;
  entry.list_due = entry.sweep_due = now;
  SteadyTime due = options_.spread ? next_turn(entry, now) : now;
  if (due - now > first_within) {
    due = TurnGrid(first_within, turns.place, now).first;
    entry.is_extra = true;
  }
  Bucket& drawn_from = bucket_at(bucket);
  drawn_from.has_changed = true;
  entry.place_in_members = drawn_from.members.size();
  drawn_from.members.push_back(target);
  entries_.push_back(entry);
  wait_for(target, due, now);
  return target;
}

void Schedule::change(TargetIndex target, const Turns& turns, SteadyTime now) {
  Entry& entry = entries_[target];
  if (std::exchange(entry.turns, turns) == turns) return;
  bucket_at(entry.bucket).has_changed = true;
  const SteadyTime list_turn = grid(entry, turns.interval).from(now);
  entry.list_due = std::min(entry.list_due, list_turn);
  entry.sweep_due = std::min(entry.sweep_due, grid(entry, turns.sweep_interval).from(now));
  if (entry.in_flight) {
    entry.is_extra = true;  // none of the new turns, so that none is skipped at its end
    return;
  }
  if (entry.suspended) return;
  const SteadyTime turn = next_turn(entry, now);
  const SteadyTime due = entry.due;
  stop_waiting(target, now);
  entry.is_extra = due < turn;
  wait_for(target, std::min(due, turn), now);
}

void Schedule::remove(TargetIndex target, SteadyTime now) {
  suspend(target, now);
  std::vector<TargetIndex>& members = bucket_at(entries_[target].bucket).members;
  const std::size_t place = entries_[target].place_in_members;
  members[place] = members.back();
  entries_[members[place]].place_in_members = place;
  members.pop_back();
}

void Schedule::suspend(TargetIndex target, SteadyTime now) {
  Entry& entry = entries_[target];
  if (std::exchange(entry.suspended, true)) return;
  bucket_at(entry.bucket).has_changed = true;
  if (!entry.in_flight) stop_waiting(target, now);
}

void Schedule::resume(TargetIndex target, SteadyTime now) {
  Entry& entry = entries_[target];
  if (!std::exchange(entry.suspended, false)) return;
  bucket_at(entry.bucket).has_changed = true;
  entry.list_due = entry.sweep_due = now;  // much may have happened
  if (!entry.in_flight) wait_for(target, next_turn(entry, now), now);
}

std::optional<Schedule::Action> Schedule::next(SteadyTime now) {
  if (in_flight_ >= options_.max_in_flight) return std::nullopt;
  if (outage_.is_on() && (in_flight_ > 0 || now < outage_.next_try())) return std::nullopt;
  const auto target = take(now);
  if (!target) return std::nullopt;
  Entry& entry = entries_[*target];
  ++in_flight_;
  entry.in_flight = true;
  entry.extent = extent_of(entry, now);
  return Action{*target, entry.extent};
}

/// Out of the bucket that could have served one of its targets for longest. In an outage out of
/// each in turn: where not everything is gone, one that answers is found soon.
std::optional<Schedule::TargetIndex> Schedule::take(SteadyTime now) {
  while (!ready_.empty() && ready_.begin()->first <= now) {
    const RateBudget::BucketIndex index =
        outage_.is_on() ? next_to_try(now) : ready_.begin()->second;
    const bool may_call = budget_.ready_at(index, now) <= now;
    const auto target = may_call ? buckets_[index].queue.take(now) : std::nullopt;
    set_ready(index, now);
    if (target) return target;
  }
  return std::nullopt;
}

/// The ready bucket behind the one tried last. There is one.
RateBudget::BucketIndex Schedule::next_to_try(SteadyTime now) {
  std::optional<RateBudget::BucketIndex> next;
  std::optional<RateBudget::BucketIndex> first;
  for (const auto& [time, index] : ready_) {
    if (time > now) break;
    if (!first || index < *first) first = index;
    if (index > tried_last_ && (!next || index < *next)) next = index;
  }
  tried_last_ = next.value_or(*first);
  return tried_last_;
}

Extent Schedule::extent_of(const Entry& entry, SteadyTime now) {
  if (entry.sweep_due <= now) return Extent::Whole;
  const bool are_few = entry.active > 0 && entry.active <= kFewJobs;
  return entry.list_due <= now || !are_few ? Extent::Newest : Extent::Singles;
}

std::optional<SteadyTime> Schedule::wake_at() const {
  if (in_flight_ >= options_.max_in_flight || ready_.empty()) return std::nullopt;
  if (!outage_.is_on()) return ready_.begin()->first;
  if (in_flight_ > 0) return std::nullopt;
  return std::max(ready_.begin()->first, outage_.next_try());
}

std::uint64_t Schedule::finished(TargetIndex target, const Outcome& outcome, SteadyTime now) {
  --in_flight_;
  Entry& entry = entries_[target];
  entry.in_flight = false;
  const milliseconds interval = entry.interval();
  if (std::exchange(entry.active, outcome.active) != outcome.active) {
    bucket_at(entry.bucket).has_changed = true;
  }
  note_listed(entry, outcome.ok, now);
  note_reach(outcome.reach, now);
  if (entry.suspended) return 0;
  const bool is_regular = !std::exchange(entry.is_extra, false) && entry.interval() == interval &&
                          outcome.reach != Reach::Nothing;
  if (!is_regular) {
    wait_for(target, grid(entry, entry.interval()).after(now), now);
    return 0;
  }
  const SteadyTime planned = entry.due + interval;
  const SteadyTime turn = std::max(planned, next_turn(entry, now));
  wait_for(target, turn, now);
  return static_cast<std::uint64_t>((turn - planned) / interval);
}

/// After a look that read less than it wanted, the next one reads as much.
void Schedule::note_listed(Entry& entry, bool ok, SteadyTime now) const {
  if (entry.extent == Extent::Singles) return;
  entry.list_due = grid(entry, entry.turns.interval).after(now);
  if (ok && entry.extent == Extent::Whole) {
    entry.sweep_due = grid(entry, entry.turns.sweep_interval).after(now);
  }
}

void Schedule::note_reach(Reach reach, SteadyTime now) {
  switch (reach) {
    case Reach::Atlas:
      return outage_.answered(now);
    case Reach::Nothing:
      return outage_.failed(now);
    case Reach::Unasked:
      return outage_.tried(now);
  }
}

SteadyTime Schedule::next_turn(const Entry& entry, SteadyTime now) const {
  return grid(entry, entry.interval()).from(now);
}

void Schedule::wait_for(TargetIndex target, SteadyTime due, SteadyTime now) {
  Entry& entry = entries_[target];
  entry.due = due;
  bucket_at(entry.bucket).queue.add(entry.line(), due, target);
  set_ready(entry.bucket, now);
}

void Schedule::stop_waiting(TargetIndex target, SteadyTime now) {
  const Entry& entry = entries_[target];
  bucket_at(entry.bucket).queue.remove(entry.line(), entry.due, target);
  set_ready(entry.bucket, now);
}

void Schedule::set_ready(RateBudget::BucketIndex index, SteadyTime now) {
  Bucket& bucket = buckets_[index];
  if (bucket.ready) ready_.erase({*bucket.ready, index});
  bucket.ready = bucket.queue.first_due();
  if (!bucket.ready) return;
  bucket.ready = std::max(*bucket.ready, budget_.ready_at(index, std::max(*bucket.ready, now)));
  ready_.emplace(*bucket.ready, index);
}

}  // namespace restorewatch
