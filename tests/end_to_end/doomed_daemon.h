#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace restorewatch {

/// Where a process can end between two steps that belong together, in the order of a look.
enum class CrashPoint {
  BeforeCommitIsHandedOver,
  AfterCommitIsHandedOver,
  BeforeCommit,           // on the store's thread, all rows written, the transaction still open
  BetweenWriteAndSync,    // the log has the transaction, the disk perhaps not
  AfterCommit,            // before anybody is told
  BeforeAnswer,           // on the store's thread
  BeforeAnswerIsApplied,  // it waits in the loop
  BeforePublish,
  AfterPublish,
  BeforeLine,             // the sink has read what to write
  MidLine,                // the kernel has taken a part of the line
  BeforeCursorMoves,      // the line is written
  BeforeCursorIsWritten,  // it has moved
  BeforeCheckpoint,
  AfterCheckpoint,
  BeforeNote,
  BeforeNoteIsCommitted,
  AfterNote,  // it is committed, and nobody knows yet
  BeforeRetention,
  BeforeRetentionIsCommitted,
  AfterRetention,
};
inline constexpr std::array kCrashPoints{CrashPoint::BeforeCommitIsHandedOver,
                                         CrashPoint::AfterCommitIsHandedOver,
                                         CrashPoint::BeforeCommit,
                                         CrashPoint::BetweenWriteAndSync,
                                         CrashPoint::AfterCommit,
                                         CrashPoint::BeforeAnswer,
                                         CrashPoint::BeforeAnswerIsApplied,
                                         CrashPoint::BeforePublish,
                                         CrashPoint::AfterPublish,
                                         CrashPoint::BeforeLine,
                                         CrashPoint::MidLine,
                                         CrashPoint::BeforeCursorMoves,
                                         CrashPoint::BeforeCursorIsWritten,
                                         CrashPoint::BeforeCheckpoint,
                                         CrashPoint::AfterCheckpoint,
                                         CrashPoint::BeforeNote,
                                         CrashPoint::BeforeNoteIsCommitted,
                                         CrashPoint::AfterNote,
                                         CrashPoint::BeforeRetention,
                                         CrashPoint::BeforeRetentionIsCommitted,
                                         CrashPoint::AfterRetention};

std::string_view name(CrashPoint point);

/// Ends the process with SIGKILL when a point is reached for the n-th time. Thread-safe.
class Bomb {
 public:
  Bomb() = default;  // only counts
  Bomb(CrashPoint point, int nth) : point_(point), nth_(nth) {}

  void reach(CrashPoint point);
  /// Counts a time at a point where something else ends the process.
  void count(CrashPoint point);
  /// Whether the next reach(point) would end it.
  bool is_due_at(CrashPoint point);
  int times(CrashPoint point);

 private:
  std::mutex mutex_;  // guards times_
  std::map<CrashPoint, int> times_;
  CrashPoint point_{};
  int nth_ = 0;
};

/// What happens in one life of the doomed daemon's, step after step.
inline constexpr int kSteps = 9;

struct Life {
  std::string store;       // a file that is there or not
  std::string events;      // to which lines are appended, behind kEventsBegin bytes of nothing
  int first_step = 0;      // what was not done before
  int number = 0;          // of lives before; time goes on from one to the next
  bool retention = false;  // it cuts all but the last few entries off the journal, again and again
};

/// Offsets in the file of events below this are never used: the file can then be limited in the
/// middle of a line without limiting the store's.
inline constexpr std::size_t kEventsBegin = 8U << 20U;

/// What it has done, for whoever survives it.
struct Told {
  std::function<void()> step_done;
  std::function<void(std::uint64_t transitions)> published;  // counted on the page
};

/// The real poller, store and log sink, on a fake Atlas in which jobs of two targets come to every
/// end, in the present process. Nothing else may have the store open. Throws where something
/// cannot be done, or takes far too long.
void live(const Life& life, Bomb& bomb, const Told& told);

}  // namespace restorewatch
