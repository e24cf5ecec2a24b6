#include "fakes/memory_store.h"

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

Error told_to_fail() {
  return {ErrorKind::Storage, "the memory store was told to fail"};
}

}  // namespace

Result<TargetRecord> MemoryStore::load(const TargetKey& target) {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  const auto found = records_.find(target);
  if (found != records_.end()) return found->second;
  TargetRecord never_seen;
  never_seen.key = target;
  return never_seen;
}

Result<FleetTotals> MemoryStore::load_totals() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  return totals_;
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
  answer(std::move(waiting));
}

void MemoryStore::checkpoint(std::vector<LookedAt> looks) {
  const std::lock_guard lock(mutex_);
  if (fail_writes_) return;
  for (const LookedAt& look : looks) {
    TargetRecord& record = records_.try_emplace(look.target).first->second;
    record.key = look.target;
    record.last_looked_at = look.at;
  }
}

Result<std::vector<JournalEntry>> MemoryStore::read_after(std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  const std::size_t begin = std::min<std::size_t>(after, journal_.size());  // seq n is at n - 1
  const std::size_t count = std::min(limit, journal_.size() - begin);
  const auto first = journal_.begin() + static_cast<std::ptrdiff_t>(begin);
  return std::vector<JournalEntry>(first, first + static_cast<std::ptrdiff_t>(count));
}

Result<std::uint64_t> MemoryStore::last_seq() {
  const std::lock_guard lock(mutex_);
  if (fail_reads_) return told_to_fail();
  return std::uint64_t{journal_.size()};
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
  answer(std::move(waiting));
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

CommitStatus MemoryStore::write(const PollResult& result) {
  if (!result.changes_something()) return CommitStatus::Committed;
  if (fail_writes_) return CommitStatus::Failed;
  TargetRecord& record = records_.try_emplace(result.target).first->second;
  record.key = result.target;
  if (record.version != result.expected_version) return CommitStatus::Conflict;
  apply(result, record);
  for (const Transition& transition : result.transitions) {
    count(transition, totals_);
    journal_.push_back({journal_.size() + 1, transition});
  }
  return CommitStatus::Committed;
}

}  // namespace restorewatch
