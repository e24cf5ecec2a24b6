#include "fakes/memory_store.h"

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

Error told_to_fail() {
  return {ErrorKind::Storage, "the memory store was told to fail"};
}

/// The newest of those that fit; they are in the order in which they came about.
template <typename Fits>
TargetRecord* newest(std::vector<TargetRecord>& records, Fits fits) {
  const auto found = std::find_if(records.rbegin(), records.rend(), fits);
  return found == records.rend() ? nullptr : &*found;
}

}  // namespace

Result<TargetRecord> MemoryStore::load(const TargetKey& target) {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  const TargetRecord* const found = find(target);
  TargetRecord record = found == nullptr ? TargetRecord{} : *found;
  record.key = target;
  return record;
}

Result<FleetTotals> MemoryStore::load_totals() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  return totals_;
}

Result<std::vector<TargetKey>> MemoryStore::known_targets() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  std::vector<TargetKey> targets;
  for (const auto& [place, records] : records_) {
    for (const TargetRecord& record : records) {
      if (record.version > 0) targets.push_back(record.key);
    }
  }
  return targets;
}

void MemoryStore::commit(PollResult result, CommitDone done) {
  Waiting waiting{std::move(result), std::move(done)};
  {
    const std::lock_guard lock(mutex_);
    if (held_) {
      waiting_.push_back(std::move(waiting));
      return;
    }
  }
  answer(waiting);
}

void MemoryStore::checkpoint(std::vector<LookedAt> looks) {
  const std::lock_guard lock(mutex_);
  if (fail_writes_) return;
  for (const LookedAt& look : looks) {
    find_or_add(look.target).last_looked_at = look.at;
  }
}

Result<std::vector<JournalEntry>> MemoryStore::read_after(std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  const auto first = std::ranges::upper_bound(journal_, after, {}, &JournalEntry::seq);
  const auto left = static_cast<std::size_t>(journal_.end() - first);
  return std::vector<JournalEntry>(first,
                                   first + static_cast<std::ptrdiff_t>(std::min(limit, left)));
}

Result<std::uint64_t> MemoryStore::last_seq() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  return last_seq_;
}

Result<std::uint64_t> MemoryStore::open_cursor(std::string_view sink) {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  return cursors_.try_emplace(std::string(sink), last_seq_).first->second;
}

Result<std::uint64_t> MemoryStore::cursor(std::string_view sink) {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  const auto found = cursors_.find(sink);
  return found == cursors_.end() ? std::uint64_t{0} : found->second;
}

void MemoryStore::advance(std::string_view sink, std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  cursors_.insert_or_assign(std::string(sink), seq);
}

void MemoryStore::park(std::string_view sink, std::uint64_t seq, std::string reason) {
  const std::lock_guard lock(mutex_);
  parked_.insert_or_assign({std::string(sink), seq}, std::move(reason));
}

std::map<std::pair<std::string, std::uint64_t>, std::string> MemoryStore::parked() const {
  const std::lock_guard lock(mutex_);
  return parked_;
}

Result<std::vector<PopulationMember>> MemoryStore::load_population() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  return population_.members();
}

void MemoryStore::record(std::vector<Note> notes, CommitDone done) {
  CommitStatus status = CommitStatus::Failed;
  std::function<void()> listener;
  {
    const std::lock_guard lock(mutex_);
    status = write(notes);
    if (status == CommitStatus::Committed && !notes.empty()) listener = listener_;
  }
  if (listener) listener();
  done(status);
}

void MemoryStore::forget(WallTime horizon, WallTime at, CommitDone done) {
  CommitStatus status = CommitStatus::Failed;
  {
    const std::lock_guard lock(mutex_);
    status = cut(horizon, at);
  }
  done(status);
}

Result<std::vector<KnownProject>> MemoryStore::load_inventory() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  std::vector<KnownProject> projects;
  for (const auto& [id, known] : inventory_) projects.push_back(known);
  return projects;
}

void MemoryStore::save_inventory(std::vector<KnownProject> projects) {
  const std::lock_guard lock(mutex_);
  if (fail_writes_) return;
  inventory_.clear();
  for (const KnownProject& known : projects) inventory_.insert_or_assign(known.project.id, known);
}

void MemoryStore::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

bool MemoryStore::answer_next() {
  return answer_first(false);
}

bool MemoryStore::answer_first(bool end_hold_when_none) {
  Waiting waiting;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      if (end_hold_when_none) held_ = false;
      return false;
    }
    waiting = std::move(waiting_.front());
    waiting_.pop_front();
  }
  answer(waiting);
  return true;
}

void MemoryStore::release() {
  while (answer_first(true)) {
  }
}

std::size_t MemoryStore::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void MemoryStore::fail_writes(bool fail) {
  const std::lock_guard lock(mutex_);
  fail_writes_ = fail;
}

void MemoryStore::fail_reads(bool fail) {
  const std::lock_guard lock(mutex_);
  fail_reads_ = fail;
}

void MemoryStore::on_journal(std::function<void()> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

void MemoryStore::answer(const Waiting& waiting) {
  CommitStatus status = CommitStatus::Failed;
  std::function<void()> listener;
  {
    const std::lock_guard lock(mutex_);
    status = write(waiting.result);
    const bool added = status == CommitStatus::Committed && !waiting.result.transitions.empty();
    if (added) listener = listener_;
  }
  if (listener) listener();
  waiting.done(status);
}

TargetRecord* MemoryStore::find(const TargetKey& key) {
  std::vector<TargetRecord>& records = records_[{key.project_id, key.source}];
  if (key.cluster_id) {
    const auto same_id = [&key](const TargetRecord& record) {
      return record.key.cluster_id == key.cluster_id;
    };
    if (TargetRecord* const found = newest(records, same_id)) return found;
  }
  const auto same_name_no_id = [&key](const TargetRecord& record) {
    return record.key.cluster_name == key.cluster_name && !record.key.cluster_id;
  };
  if (TargetRecord* const found = newest(records, same_name_no_id)) return found;
  if (key.cluster_id) return nullptr;
  return newest(records, [&key](const TargetRecord& record) {
    return record.key.cluster_name == key.cluster_name;
  });
}

TargetRecord& MemoryStore::find_or_add(const TargetKey& key) {
  if (TargetRecord* const found = find(key)) return *found;
  TargetRecord& added = records_[{key.project_id, key.source}].emplace_back();
  added.key = key;
  return added;
}

CommitStatus MemoryStore::write(const PollResult& result) {
  if (!result.changes_something()) return CommitStatus::Committed;
  if (fail_writes_) return CommitStatus::Failed;
  const TargetRecord* const known = find(result.target);
  if ((known == nullptr ? 0 : known->version) != result.expected_version) {
    return CommitStatus::Conflict;
  }
  TargetRecord& record = find_or_add(result.target);
  record.key.cluster_name = result.target.cluster_name;
  if (result.target.cluster_id) record.key.cluster_id = result.target.cluster_id;
  apply(result, record);
  for (const Transition& transition : result.transitions) {
    count(transition, totals_);
    append(transition);
  }
  return CommitStatus::Committed;
}

CommitStatus MemoryStore::write(const std::vector<Note>& notes) {
  if (fail_writes_) return CommitStatus::Failed;
  for (const Note& note : notes) {
    population_.apply(note);
    append(note);
  }
  return CommitStatus::Committed;
}

Result<std::optional<WallTime>> MemoryStore::forgotten_before() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  return forgotten_before_;
}

CommitStatus MemoryStore::cut(WallTime horizon, WallTime at) {
  if (fail_writes_) return CommitStatus::Failed;
  if (!forgotten_before_ || *forgotten_before_ < horizon) forgotten_before_ = horizon;
  const auto is_old = [&](const JournalEntry& entry) { return time_of(entry) < horizon; };
  const auto kept = std::ranges::find_if_not(journal_, is_old);
  bool changed = kept != journal_.begin();
  journal_.erase(journal_.begin(), kept);
  for (auto& [place, records] : records_) {
    for (TargetRecord& record : records) changed |= restorewatch::forget(record, horizon) > 0;
  }
  if (changed) append(Note{NoteKind::RetentionRun, at});
  return CommitStatus::Committed;
}

void MemoryStore::append(std::variant<Transition, Note> what) {
  journal_.push_back({++last_seq_, std::move(what)});
}

}  // namespace restorewatch
