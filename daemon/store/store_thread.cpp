#include "store/store_thread.h"

#include <pthread.h>

#include <exception>
#include <utility>

namespace restorewatch {
namespace {

bool is_empty(const PollResult& result) {
  return !result.changes_something();
}
bool is_empty(const std::vector<Note>& notes) {
  return notes.empty();
}
bool is_empty(const Cut& /*cut*/) {
  return false;
}

bool needs_writing(const WaitingCommit& commit) {
  if (!commit.change) return false;
  return std::visit([](const auto& change) { return !is_empty(change); }, *commit.change);
}

// Without being written: refused by a full queue, or nothing to write.
CommitStatus status_unwritten(const WaitingCommit& commit) {
  return commit.change ? CommitStatus::Committed : CommitStatus::Failed;
}

WriteGroup group_of(PendingWork::Batch& batch) {
  WriteGroup group{{}, std::move(batch.looks), std::move(batch.cursors), std::move(batch.parked)};
  for (const WaitingCommit& commit : batch.commits) {
    if (needs_writing(commit)) group.changes.push_back(&*commit.change);
  }
  return group;
}

}  // namespace

StoreThread::StoreThread(Writer writer, PendingWork& work, Options options, const Clock& clock,
                         StoreMetrics metrics, Log log)
    : writer_(std::move(writer)),
      work_(work),
      options_(std::move(options)),
      clock_(clock),
      metrics_(std::move(metrics)),
      log_(std::move(log)),
      thread_([this] { run(); }) {}

void StoreThread::stop() {
  if (!thread_.joinable()) return;
  give_up_at_ = clock_.steady_now() + options_.stop_timeout;
  work_.close();
  thread_.join();
}

void StoreThread::run() {
  pthread_setname_np(pthread_self(), "rw-store");
  try {
    work_until_closed();
  } catch (const std::exception& e) {  // out of memory, or a callback that threw
    note_failure(std::string("the store's thread ended: ") + e.what());
    work_.close();
    refuse_the_rest();
    if (options_.on_death) options_.on_death();
  }
}

void StoreThread::work_until_closed() {
  while (auto batch = work_.take()) handle(std::move(*batch));
  writer_.checkpoint();
}

void StoreThread::refuse_the_rest() {
  while (const auto batch = work_.take()) {
    for (const WaitingCommit& commit : batch->commits) commit.done(CommitStatus::Failed);
  }
}

void StoreThread::handle(PendingWork::Batch batch) {
  const WriteGroup group = group_of(batch);
  const auto outcome = write(group);
  if (!outcome) work_.retry(group.cursors, group.parked);
  if (batch.inventory) write_inventory(std::move(*batch.inventory));
  if (outcome && outcome->journal_grew && options_.on_journal) options_.on_journal();
  std::size_t written = 0;
  for (const WaitingCommit& commit : batch.commits) {
    CommitStatus status = status_unwritten(commit);
    if (needs_writing(commit))
      status = outcome ? outcome->statuses[written++] : CommitStatus::Failed;
    if (!commit.change || needs_writing(commit)) metrics_.count_answer(status);
    commit.done(status);
  }
}

std::optional<Written> StoreThread::write(const WriteGroup& group) {
  if (group.empty()) return Written{};
  if (out_of_time()) return std::nullopt;
  const SteadyTime start = clock_.steady_now();
  Result<Written> written = writer_.write(group);
  if (!written) {
    note_failure(written.error().detail);
    return std::nullopt;
  }
  metrics_.count_transaction(clock_.steady_now() - start, written->rows, clock_.wall_now());
  note_success();
  if (written->refusal) {
    log_.error("store: a result cannot be stored", {{"reason", *written->refusal}});
  }
  return *std::move(written);
}

// What cannot be written now is in the next one, too.
void StoreThread::write_inventory(std::vector<KnownProject> projects) {
  if (out_of_time()) return;
  const SteadyTime start = clock_.steady_now();
  const Result<std::int64_t> rows = writer_.save_inventory(std::move(projects));
  if (!rows) return note_failure(rows.error().detail);
  if (*rows == 0) return;
  metrics_.count_transaction(clock_.steady_now() - start, *rows, clock_.wall_now());
  note_success();
}

void StoreThread::note_success() {
  metrics_.show_writable(true);
  if (!healthy_.exchange(true)) log_.info("store: writing works again");
}

void StoreThread::note_failure(const std::string& reason) {
  metrics_.show_writable(false);
  if (!healthy_.exchange(false)) return;
  log_.error("store: cannot write; nothing is announced until it can", {{"reason", reason}});
}

bool StoreThread::out_of_time() const {
  return clock_.steady_now() > give_up_at_.load();
}

}  // namespace restorewatch
