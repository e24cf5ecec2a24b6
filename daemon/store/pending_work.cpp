#include "store/pending_work.h"

#include <utility>

namespace restorewatch {

PendingWork::PendingWork(const Clock& clock, WorkLimits limits, Cursors cursors)
    : clock_(clock), limits_(limits), cursors_(std::move(cursors)) {}

bool PendingWork::submit(WaitingCommit& commit) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  if (changes_ == limits_.queue_size) commit.change.reset();
  if (commit.change) {
    ++changes_;
    const auto* const result = std::get_if<PollResult>(&*commit.change);
    if (result != nullptr && result->looked_at) looks_.erase(result->target);  // it has a newer one
  }
  commits_.push_back(std::move(commit));
  changed_.notify_one();
  return true;
}

void PendingWork::look(const std::vector<LookedAt>& looks) {
  const std::lock_guard lock(mutex_);
  if (looks.empty() || closed_) return;
  start_flush_timer();
  for (const LookedAt& look : looks) looks_.insert_or_assign(look.target, look.at);
}

void PendingWork::save(std::vector<KnownProject> inventory) {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  inventory_ = std::move(inventory);
  changed_.notify_one();
}

void PendingWork::advance(std::string_view sink, std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  if (!closed_) start_flush_timer();
  cursors_.insert_or_assign(std::string(sink), seq);
  moved_.emplace(sink);
}

std::optional<std::uint64_t> PendingWork::cursor(std::string_view sink) const {
  const std::lock_guard lock(mutex_);
  const auto found = cursors_.find(sink);
  if (found == cursors_.end()) return std::nullopt;
  return found->second;
}

void PendingWork::park(std::string_view sink, std::uint64_t seq, std::string reason) {
  const std::lock_guard lock(mutex_);
  if (!closed_) start_flush_timer();
  parked_.insert_or_assign({std::string(sink), seq}, std::move(reason));
}

std::optional<PendingWork::Batch> PendingWork::take() {
  std::unique_lock lock(mutex_);
  if (std::exchange(batch_is_out_, false)) ++batches_done_;
  bool due = false;  // looks and cursors have waited long enough
  while (!has_urgent_work() && !closed_ && !due) {
    if (has_looks_or_cursors()) {
      due = changed_.wait_until(lock, flush_at_) == std::cv_status::timeout;
    } else {
      changed_.wait(lock);
    }
  }
  if (closed_ && !has_urgent_work() && !has_looks_or_cursors()) return std::nullopt;
  batch_is_out_ = true;
  return take_group();
}

Progress PendingWork::progress() const {
  const std::lock_guard lock(mutex_);
  return {batches_done_, batch_is_out_ || has_urgent_work()};
}

void PendingWork::retry(const std::map<std::string, std::uint64_t>& cursors, Parked parked) {
  const std::lock_guard lock(mutex_);
  if (closed_ || (cursors.empty() && parked.empty())) return;
  start_flush_timer();
  for (const auto& [sink, seq] : cursors) moved_.insert(sink);
  parked_.merge(parked);  // a newer reason stays
}

void PendingWork::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_one();
}

void PendingWork::start_flush_timer() {
  if (has_looks_or_cursors()) return;  // it runs already
  flush_at_ = clock_.steady_now() + limits_.flush_interval;
  changed_.notify_one();
}

PendingWork::Batch PendingWork::take_group() {
  Batch batch;
  while (!commits_.empty() && batch.commits.size() < limits_.group_size) {
    if (commits_.front().change) --changes_;
    batch.commits.push_back(std::move(commits_.front()));
    commits_.pop_front();
  }
  batch.inventory = std::exchange(inventory_, std::nullopt);
  batch.looks = std::exchange(looks_, {});
  for (const std::string& sink : std::exchange(moved_, {})) {
    batch.cursors.emplace(sink, cursors_.find(sink)->second);
  }
  batch.parked = std::exchange(parked_, {});
  return batch;
}

}  // namespace restorewatch
