#include "store/sqlite_store.h"

#include <future>
#include <utility>

#include "store/lock_file.h"
#include "store/pending_work.h"
#include "store/reader.h"
#include "store/store_thread.h"
#include "store/writer.h"

namespace restorewatch {

namespace {

/// A place behind the end, which no daemon writes, would keep a sink silent for ever. Events that
/// come again do less harm than events that never come.
void bring_back(PendingWork::Cursors& cursors, std::uint64_t last, const Log& log) {
  for (auto& [sink, seq] : cursors) {
    if (seq <= last) continue;
    log.error("store: a sink's place is not in the journal; it begins with what there is",
              {{"sink", sink}, {"seq", seq}, {"last", last}});
    seq = 0;
  }
}

}  // namespace

// Destroyed from the bottom up: thread, reader, lock.
struct SqliteStore::Parts {
  Parts(LockFile held, std::unique_ptr<Reader> opened, Writer writer, PendingWork::Cursors cursors,
        StoreOptions options, StoreDeps deps)
      : stop_timeout(options.stop_timeout),
        lock(std::move(held)),
        reader(std::move(opened)),
        work(deps.clock, {options.group_size, options.queue_size, options.flush_interval},
             std::move(cursors)),
        thread(std::move(writer), work,
               {options.stop_timeout, std::move(options.on_journal), std::move(options.on_death)},
               deps.clock, StoreMetrics(deps.telemetry, options.path), deps.log) {}

  void submit(Change change, CommitDone done) {
    WaitingCommit commit{std::move(change), std::move(done)};
    if (!work.submit(commit)) commit.done(CommitStatus::Failed);
  }

  const std::chrono::milliseconds stop_timeout;
  LockFile lock;
  std::unique_ptr<Reader> reader;
  PendingWork work;
  StoreThread thread;
};

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(StoreOptions options, StoreDeps deps) {
  // First the lock: closing a file that SQLite has open elsewhere in the process would release
  // SQLite's own locks on it.
  Result<LockFile> lock = LockFile::take(options.path);
  if (!lock) return lock.error();
  if (Status there = ensure_store_file(options.path); !there) return there.error();
  Result<Writer> writer = Writer::open(options.path);
  if (!writer) return writer.error();
  Result<std::unique_ptr<Reader>> reader = Reader::open(options.path);
  if (!reader) return reader.error();
  Result<PendingWork::Cursors> cursors = (*reader)->cursors();
  if (!cursors) return cursors.error();
  const Result<std::uint64_t> last = (*reader)->last_seq();
  if (!last) return last.error();
  bring_back(*cursors, *last, deps.log);
  auto parts = std::make_unique<Parts>(std::move(*lock), std::move(*reader), std::move(*writer),
                                       std::move(*cursors), std::move(options), std::move(deps));
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(parts)));
}

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteStore::~SqliteStore() {
  stop();
  parts_->reader.reset();  // before the writer: the last connection to close removes the log
}

Result<TargetRecord> SqliteStore::load(const TargetKey& target) {
  return parts_->reader->load(target);
}

Result<std::vector<TargetKey>> SqliteStore::known_targets() {
  return parts_->reader->known_targets();
}

Result<FleetTotals> SqliteStore::load_totals() {
  return parts_->reader->load_totals();
}

void SqliteStore::commit(PollResult result, CommitDone done) {
  parts_->submit(std::move(result), std::move(done));
}

void SqliteStore::forget(WallTime horizon, WallTime at, CommitDone done) {
  parts_->submit(Cut{horizon, at}, std::move(done));
}

Result<std::optional<WallTime>> SqliteStore::forgotten_before() {
  return parts_->reader->forgotten_before();
}

void SqliteStore::checkpoint(std::vector<LookedAt> looks) {
  parts_->work.look(looks);
}

Result<std::vector<JournalEntry>> SqliteStore::read_after(std::uint64_t after, std::size_t limit) {
  return parts_->reader->read_after(after, limit);
}

Result<std::uint64_t> SqliteStore::last_seq() {
  return parts_->reader->last_seq();
}

Result<std::uint64_t> SqliteStore::open_cursor(std::string_view sink) {
  if (const auto known = parts_->work.cursor(sink)) return *known;
  Result<std::uint64_t> last = last_seq();
  if (last) advance(sink, *last);
  return last;
}

Result<std::uint64_t> SqliteStore::cursor(std::string_view sink) {
  return parts_->work.cursor(sink).value_or(0);
}

void SqliteStore::advance(std::string_view sink, std::uint64_t seq) {
  parts_->work.advance(sink, seq);
}

void SqliteStore::park(std::string_view sink, std::uint64_t seq, std::string reason) {
  parts_->work.park(sink, seq, std::move(reason));
}

Result<std::vector<PopulationMember>> SqliteStore::load_population() {
  return parts_->reader->load_population();
}

void SqliteStore::record(std::vector<Note> notes, CommitDone done) {
  parts_->submit(std::move(notes), std::move(done));
}

Result<std::vector<KnownProject>> SqliteStore::load_inventory() {
  return parts_->reader->load_inventory();
}

void SqliteStore::save_inventory(std::vector<KnownProject> projects) {
  parts_->work.save(std::move(projects));
}

bool SqliteStore::healthy() const {
  return parts_->thread.healthy();
}

Progress SqliteStore::progress() const {
  return parts_->work.progress();
}

void SqliteStore::drain() {
  auto answered = std::make_shared<std::promise<void>>();
  commit(PollResult{}, [answered](CommitStatus) { answered->set_value(); });  // the last in line
  answered->get_future().wait_for(parts_->stop_timeout);
}

void SqliteStore::stop() {
  parts_->thread.stop();
}

}  // namespace restorewatch
