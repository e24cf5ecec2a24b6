#include "end_to_end/doomed_daemon.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

#include "events/log_sink.h"
#include "poller/poller_fixture.h"
#include "store/sqlite_store.h"
#include "store/watched_files.h"

namespace restorewatch {
namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr std::size_t kPartOfALine = 100;  // bytes

std::size_t index_of(CrashPoint point) {
  return static_cast<std::size_t>(point);
}

/// The store as the poller sees it.
class DoomedStore final : public JobStore {
 public:
  DoomedStore(JobStore& store, Bomb& bomb) : store_(store), bomb_(bomb) {}

  Result<TargetRecord> load(const TargetKey& target) override { return store_.load(target); }
  Result<FleetTotals> load_totals() override { return store_.load_totals(); }
  Result<std::vector<TargetKey>> known_targets() override { return store_.known_targets(); }

  void commit(PollResult result, CommitDone done) override {
    bomb_.reach(CrashPoint::BeforeCommitIsHandedOver);
    store_.commit(std::move(result), [this, done = std::move(done)](CommitStatus status) {
      bomb_.reach(CrashPoint::BeforeAnswer);
      done(status);
      bomb_.reach(CrashPoint::BeforeAnswerIsApplied);
    });
    bomb_.reach(CrashPoint::AfterCommitIsHandedOver);
  }

  void checkpoint(std::vector<LookedAt> looks) override {
    bomb_.reach(CrashPoint::BeforeCheckpoint);
    store_.checkpoint(std::move(looks));
    bomb_.reach(CrashPoint::AfterCheckpoint);
  }

  void forget(WallTime horizon, WallTime at, CommitDone done) override {
    store_.forget(horizon, at, std::move(done));
  }

  Result<std::optional<WallTime>> forgotten_before() override { return store_.forgotten_before(); }

 private:
  JobStore& store_;
  Bomb& bomb_;
};

/// The journal as the sink sees it; tells when the sink has come to an entry.
class DoomedJournal final : public Journal {
 public:
  DoomedJournal(Journal& journal, Bomb& bomb, std::string events)
      : journal_(journal), bomb_(bomb), events_(std::move(events)) {}

  Result<std::vector<JournalEntry>> read_after(std::uint64_t after, std::size_t limit) override {
    auto entries = journal_.read_after(after, limit);
    if (!entries || entries->empty()) return entries;
    bomb_.reach(CrashPoint::BeforeLine);
    if (bomb_.is_due_at(CrashPoint::MidLine)) allow_part_of_a_line();
    bomb_.count(CrashPoint::MidLine);
    return entries;
  }
  Result<std::uint64_t> last_seq() override { return journal_.last_seq(); }
  Result<std::uint64_t> open_cursor(std::string_view sink) override {
    return journal_.open_cursor(sink);
  }
  Result<std::uint64_t> cursor(std::string_view sink) override { return journal_.cursor(sink); }

  void advance(std::string_view sink, std::uint64_t seq) override {
    bomb_.reach(CrashPoint::BeforeCursorMoves);
    journal_.advance(sink, seq);
    bomb_.reach(CrashPoint::BeforeCursorIsWritten);
    const std::lock_guard lock(mutex_);
    advanced_to_ = seq;
    advanced_.notify_all();
  }
  void park(std::string_view sink, std::uint64_t seq, std::string reason) override {
    journal_.park(sink, seq, std::move(reason));
  }

  /// Waits until the sink has delivered all there is.
  void wait_for_sink(std::string_view sink) {
    const std::uint64_t last = journal_.last_seq().value();
    std::unique_lock lock(mutex_);
    advanced_to_ = std::max(advanced_to_, journal_.cursor(sink).value());
    if (!advanced_.wait_for(lock, kPatience, [&] { return advanced_to_ >= last; })) {
      throw std::runtime_error("the sink does not deliver");
    }
  }

 private:
  /// The kernel takes what fits below the limit, and ends the process at the next byte.
  void allow_part_of_a_line() const {
    struct stat status {};
    stat(events_.c_str(), &status);
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    const auto bytes = static_cast<rlim_t>(status.st_size) + kPartOfALine;
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
  }

  Journal& journal_;
  Bomb& bomb_;
  const std::string events_;
  std::mutex mutex_;  // guards advanced_to_
  std::condition_variable advanced_;
  std::uint64_t advanced_to_ = 0;
};

/// SQLite calls this at the end of each transaction, before it writes it.
class CommitHook {
 public:
  explicit CommitHook(Bomb& bomb) : bomb_(bomb) {
    of_process() = this;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(attach));
  }
  ~CommitHook() {
    sqlite3_reset_auto_extension();
    of_process() = nullptr;
  }
  CommitHook(const CommitHook&) = delete;
  CommitHook& operator=(const CommitHook&) = delete;

  /// The name of the next commits.
  void announce(CrashPoint point) { point_ = point; }

 private:
  // The extension gets no place for own data.
  static CommitHook*& of_process() {
    static CommitHook* hook = nullptr;
    return hook;
  }
  static int attach(sqlite3* database, const char** /*error*/,
                    const struct sqlite3_api_routines* /*routines*/) {
    sqlite3_commit_hook(database, about_to_commit, of_process());
    return SQLITE_OK;
  }
  static int about_to_commit(void* of) {
    const CommitHook& hook = *static_cast<const CommitHook*>(of);
    hook.bomb_.reach(hook.point_);
    return 0;  // go on
  }

  Bomb& bomb_;
  std::atomic<CrashPoint> point_{CrashPoint::BeforeCommit};
};

/// What Atlas shows in a step: everything that was shown before goes on, but for what is said here.
void show(int step, FakeJobSource& atlas, const TargetKey& first, const TargetKey& second) {
  using enum JobState;
  atlas.put(first, job(Completed, 1, hours(72)));  // history
  if (step >= 1) atlas.put(first, job(step >= 2 ? Completed : InProgress, 2));
  if (step >= 1) {
    atlas.put(second, step >= 4 ? expired_download(3) : job(step >= 2 ? Ready : InProgress, 3));
  }
  if (step >= 2) atlas.put(first, job(Failed, 4));
  if (step >= 3) atlas.put(second, job(step >= 5 ? Cancelled : InProgress, 5));
  if (step == 4) atlas.put(first, job(InProgress, 6));
  if (step > 4) atlas.remove(first, job_id(6));  // asked for twice, then lost
  if (step >= 6) atlas.put(first, job(step >= 7 ? Failed : InProgress, 7));
  if (step >= 6) atlas.put(second, job(step >= 8 ? Completed : InProgress, 8));
}

std::uint64_t transitions_on(const Snapshot& page) {
  std::uint64_t sum = 0;
  for (const auto& [pair, count] : page.totals.transitions) sum += count;
  return sum;
}

/// Everything of one life.
class Doomed {
 public:
  Doomed(const Life& life, Bomb& bomb, const Told& told)
      : life_(life),
        bomb_(bomb),
        told_(told),
        hook_(bomb),
        clock_(noon() - hours(3) + hours(life.number)) {
    files_.before_log_sync([this] { bomb_.reach(CrashPoint::BetweenWriteAndSync); });
    open_store();
    journal_ = std::make_unique<DoomedJournal>(*store_, bomb_, life.events);
    doomed_store_ = std::make_unique<DoomedStore>(*store_, bomb_);
    start_sink();
    start_poller();
  }

  ~Doomed() {
    sink_thread_.request_stop();
    sink_thread_.join();
    sink_.reset();  // before the store, which wakes it no more
    poller_.reset();
    store_.reset();
    ::close(events_fd_);
  }
  Doomed(const Doomed&) = delete;
  Doomed& operator=(const Doomed&) = delete;

  void run() {
    for (int step = life_.first_step; step < kSteps; ++step) {
      show(step, atlas_, first_.key, second_.key);
      take_note(step);
      for (int look = 0; look < 2; ++look) {
        loop_.run_for(options_.interval);
        settle();
      }
      if (life_.retention) cut_the_journal();
      told_.step_done();
    }
    poller_->stop();
    settle();
  }

 private:
  void open_store() {
    StoreOptions options;
    options.path = life_.store;
    options.flush_interval = std::chrono::milliseconds(20);
    options.on_journal = [this] {
      bomb_.reach(CrashPoint::AfterCommit);
      sink_->wake();
    };
    auto opened = SqliteStore::open(std::move(options), {system_clock_, telemetry_, Log()});
    if (!opened) throw std::runtime_error(opened.error().detail);
    store_ = *std::move(opened);
  }

  void start_sink() {
    events_fd_ = ::open(life_.events.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (events_fd_ < 0) throw std::runtime_error("no file for events");
    sink_ = std::make_unique<LogSink>(LogSink::Options{events_fd_, LogFormat::Logfmt},
                                      LogSink::Deps{system_clock_, *journal_, telemetry_, Log()});
    sink_thread_ = std::jthread([this](const std::stop_token& stop) { sink_->run(stop); });
  }

  void start_poller() {
    options_.interval = minutes(1);
    options_.active_interval = options_.interval;
    options_.lost_after = seconds(30);
    poller_ = std::make_unique<Poller>(options_,
                                       Poller::Deps{loop_,
                                                    clock_,
                                                    atlas_,
                                                    *doomed_store_,
                                                    budget_,
                                                    telemetry_,
                                                    Log(),
                                                    [this](auto snapshot) { publish(*snapshot); },
                                                    {},
                                                    {}});
    if (!poller_->load()) throw std::runtime_error("the store cannot be read");
    poller_->start();
    poller_->watch(std::make_shared<const Inventory>(inventory_of({first_, second_})));
  }

  void publish(const Snapshot& snapshot) {
    bomb_.reach(CrashPoint::BeforePublish);
    told_.published(transitions_on(snapshot));
    bomb_.reach(CrashPoint::AfterPublish);
  }

  /// One target of the population comes, goes blind and sees again, and goes; the other stays.
  void take_note(int step) {
    using enum NoteKind;
    constexpr std::array kKinds{DaemonStarted, TargetAdded, TargetBlind, TargetVisible,
                                TargetRemoved};
    const NoteKind kind = kKinds.at(static_cast<std::size_t>(step) % kKinds.size());
    Note note{kind, clock_.wall_now(), {}, "prod", "step"};
    if (kind != DaemonStarted) note.target = first_.key;
    do_alone(CrashPoint::BeforeNote, CrashPoint::BeforeNoteIsCommitted, CrashPoint::AfterNote,
             [&](auto done) { store_->record({note}, std::move(done)); });
  }

  void cut_the_journal() {
    const WallTime now = clock_.wall_now();
    do_alone(CrashPoint::BeforeRetention, CrashPoint::BeforeRetentionIsCommitted,
             CrashPoint::AfterRetention,
             [&](auto done) { store_->forget(now - minutes(3), now, std::move(done)); });
  }

  /// While nothing else is to be committed.
  void do_alone(CrashPoint before, CrashPoint commit, CrashPoint after,
                const std::function<void(JobStore::CommitDone)>& work) {
    settle();
    bomb_.reach(before);
    hook_.announce(commit);
    std::promise<CommitStatus> answered;
    work([&](CommitStatus status) {
      bomb_.reach(after);
      answered.set_value(status);
    });
    auto answer = answered.get_future();
    if (answer.wait_for(kPatience) != std::future_status::ready ||
        answer.get() != CommitStatus::Committed) {
      throw std::runtime_error("the store does not answer");
    }
    hook_.announce(CrashPoint::BeforeCommit);
  }

  /// Everything that was handed over has been answered, applied and written.
  void settle() {
    store_->drain();
    loop_.run();
    journal_->wait_for_sink("log");
  }

  const Life& life_;
  Bomb& bomb_;
  const Told& told_;
  WatchedFiles files_;
  CommitHook hook_;
  SystemClock system_clock_;
  ManualClock clock_;
  FakeLoop loop_{clock_};
  FakeJobSource atlas_{loop_};
  Telemetry telemetry_;
  RateBudget budget_{no_limits()};
  PollerOptions options_;
  Target first_{target_key(), "prod", {"main"}};
  Target second_{{project('b'), "other", Source::Dedicated}, "other", {"main"}};
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<DoomedJournal> journal_;
  std::unique_ptr<DoomedStore> doomed_store_;
  int events_fd_ = -1;
  std::unique_ptr<LogSink> sink_;
  std::unique_ptr<Poller> poller_;
  std::jthread sink_thread_;
};

}  // namespace

std::string_view name(CrashPoint point) {
  static constexpr std::array<std::string_view, kCrashPoints.size()> kNames{
      "BeforeCommitIsHandedOver",
      "AfterCommitIsHandedOver",
      "BeforeCommit",
      "BetweenWriteAndSync",
      "AfterCommit",
      "BeforeAnswer",
      "BeforeAnswerIsApplied",
      "BeforePublish",
      "AfterPublish",
      "BeforeLine",
      "MidLine",
      "BeforeCursorMoves",
      "BeforeCursorIsWritten",
      "BeforeCheckpoint",
      "AfterCheckpoint",
      "BeforeNote",
      "BeforeNoteIsCommitted",
      "AfterNote",
      "BeforeRetention",
      "BeforeRetentionIsCommitted",
      "AfterRetention"};
  return kNames.at(index_of(point));
}

void Bomb::reach(CrashPoint point) {
  if (is_due_at(point)) ::raise(SIGKILL);
  count(point);
}

void Bomb::count(CrashPoint point) {
  const std::lock_guard lock(mutex_);
  ++times_[point];
}

bool Bomb::is_due_at(CrashPoint point) {
  const std::lock_guard lock(mutex_);
  return point == point_ && times_[point] + 1 == nth_;
}

int Bomb::times(CrashPoint point) {
  const std::lock_guard lock(mutex_);
  return times_[point];
}

void live(const Life& life, Bomb& bomb, const Told& told) {
  Doomed(life, bomb, told).run();
}

}  // namespace restorewatch
