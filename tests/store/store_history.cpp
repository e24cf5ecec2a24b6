#include "store/store_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

constexpr std::size_t kTargets = 5;

// Of a job that is there twice, only the first is kept.
void drop_repeats(std::vector<TrackedJob>& jobs) {
  std::set<JobId> seen;
  std::erase_if(jobs, [&seen](const TrackedJob& one) { return !seen.insert(one.job.id).second; });
}

void make_consistent(PollResult& result, const TargetRecord& record) {
  drop_repeats(result.jobs);
  for (TrackedJob& tracked : result.jobs) {
    bool moved = false;
    for (Transition& transition : result.transitions) {
      if (transition.job.id != tracked.job.id) continue;
      transition.to = tracked.job.state;
      transition.outcome = tracked.outcome;
      moved = true;
    }
    const auto known = record.jobs.find(tracked.job.id);
    if (moved || !known) continue;
    tracked.job.state = known->job.state;
    tracked.outcome = known->outcome;
  }
}

}  // namespace

const PollResult& StoreHistory::next() {
  State state = states_.back();
  const TargetKey target = sample_target(static_cast<unsigned>(states_.size() % kTargets));
  TargetRecord& record = state.records[target];
  record.key = target;
  state.result = results_.next(target, record.version);
  make_consistent(state.result, record);
  apply(state.result, record);
  ++state.versions;
  for (const Transition& transition : state.result.transitions) {
    count(transition, state.totals);
    append(state, transition);
  }
  if (state.result.looked_at) looks_[target].insert(*state.result.looked_at);
  states_.push_back(std::move(state));
  return states_.back().result;
}

std::vector<Note> StoreHistory::next_notes() {
  State state = states_.back();
  const WallTime now{std::chrono::seconds{1'786'500'000 + states_.size()}};
  const std::vector<Note> notes{{NoteKind::DaemonStarted, now, {}, {}, "note"},
                                {NoteKind::TargetAdded, now, sample_target(), "production", {}}};
  for (const Note& note : notes) append(state, note);
  states_.push_back(std::move(state));
  return notes;
}

void StoreHistory::append(State& state, std::variant<Transition, Note> what) {
  journal_.push_back({++state.entries, std::move(what)});
}

const StoreHistory::State* StoreHistory::moment_of(std::uint64_t versions,
                                                   std::uint64_t last_seq) const {
  const auto found = std::ranges::find_if(states_, [&](const State& state) {
    return state.versions == versions && state.entries == last_seq;
  });
  return found == states_.end() ? nullptr : &*found;
}

void StoreHistory::take_back() {
  states_.pop_back();
  journal_.resize(states_.back().entries);
}

LookedAt StoreHistory::look() {
  const LookedAt look{states_.back().result.target,
                      WallTime{std::chrono::seconds{1'786'400'000 + states_.size()}}};
  looks_[look.target].insert(look.at);
  return look;
}

std::size_t StoreHistory::expect_some_moment(SqliteStore& store) const {
  std::map<TargetKey, TargetRecord> actual;
  std::uint64_t versions = 0;
  for (const auto& [target, record] : states_.back().records) {
    const Result<TargetRecord> loaded = store.load(target);
    EXPECT_TRUE(loaded.ok()) << loaded.error().detail;
    if (!loaded.ok()) return 0;
    versions += loaded->version;
    actual.emplace(target, *loaded);
  }
  const std::uint64_t last_seq = store.last_seq().value();
  const State* const moment = moment_of(versions, last_seq);
  EXPECT_NE(moment, nullptr) << "versions add up to " << versions << ", last entry " << last_seq;
  if (moment == nullptr) return 0;
  const State& expected = *moment;
  for (const auto& [target, record] : actual) {
    const auto known = expected.records.find(target);
    TargetRecord unknown;
    unknown.key = target;
    expect_record(record, known == expected.records.end() ? unknown : known->second);
  }
  EXPECT_TRUE(store.load_totals().value() == expected.totals);
  auto entries = store.read_after(0, journal_.size() + 1).value();
  for (JournalEntry& entry : entries) entry.hash = {};  // the model has none
  EXPECT_EQ(entries.size(), expected.entries);
  EXPECT_TRUE(std::equal(entries.begin(), entries.end(), journal_.begin()));
  return static_cast<std::size_t>(moment - states_.data());
}

void StoreHistory::expect_record(const TargetRecord& actual, TargetRecord expected) const {
  if (actual.last_looked_at && *actual.last_looked_at != expected.last_looked_at) {
    const auto looks = looks_.find(actual.key);
    EXPECT_TRUE(looks != looks_.end() && looks->second.contains(*actual.last_looked_at));
    expected.last_looked_at = actual.last_looked_at;
  }
  EXPECT_TRUE(actual == expected) << "the record of " << actual.key.cluster_name << ", version "
                                  << actual.version;
}

}  // namespace restorewatch
