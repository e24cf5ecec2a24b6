#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "jobs/journal.h"
#include "jobs/population_store.h"
#include "report/cluster_book.h"
#include "report/span.h"

namespace restorewatch {

/// Why nothing can have been seen for a while.
enum class GapKind : std::uint8_t {
  BeforeStore,  // nobody watched yet
  Cut,          // retention has taken the journal's entries
  Stopped,      // the daemon had been asked to stop
  Killed,       // it ended without being asked: since its last entry, at the earliest
  Silent,       // the store has no sign of life since: stopped otherwise, or a copy of it
  Blind,        // a target could not be read; for stale_after before that it could not either
  NotWatched,   // a cluster was taken off the list of what is watched
};

std::string_view label(GapKind kind);

/// A gap in what was observed: of one target, of one cluster, or of all.
struct Gap {
  GapKind kind = GapKind::Stopped;
  Span span;  // whole, also where it begins before the period or ends behind it
  std::optional<ClusterBook::Place> cluster{};
  std::optional<Source> source{};

  bool operator==(const Gap&) const = default;
};

/// What restores were judged by since then: drills, objectives and policies as the journal holds
/// them, one JSON object. Empty: by nothing.
struct RulesChange {
  WallTime from;
  std::string rules;

  bool operator==(const RulesChange&) const = default;
};

/// When which target was watched, and could be read, and by which rules, by the notes of the
/// journal.
class Observation {
 public:
  using Eye = std::pair<ClusterBook::Place, Source>;

  /// `stale_after`: how long a target has not been seen when it is noted as blind.
  explicit Observation(std::chrono::milliseconds stale_after) : stale_after_(stale_after) {}

  /// Every entry, in order. `cluster`: that the entry is about.
  void learn(const JournalEntry& entry, std::optional<ClusterBook::Place> cluster);

  /// After the last entry. What the population has and no entry added was watched before the
  /// journal's beginning, `evidence_from`.
  void settle(const std::vector<std::pair<PopulationMember, ClusterBook::Place>>& population,
              WallTime evidence_from);

  /// After that: until it was first read, nothing was seen of a target, however soon somebody noted
  /// that. What is not among `first_reads` never was.
  void settle_beginnings(const std::map<Eye, WallTime>& first_reads);

  /// When the cluster was watched through any source.
  std::vector<Span> watched(ClusterBook::Place cluster) const;
  /// When it could not be read through a source.
  std::vector<Gap> blind(ClusterBook::Place cluster) const;
  /// When the daemon did not run, in order.
  const std::vector<Gap>& not_running() const { return not_running_; }

  /// Each other than the one before it, in order.
  const std::vector<RulesChange>& rules() const { return rules_; }

  std::optional<WallTime> store_created_at() const { return store_created_at_; }
  std::optional<WallTime> first_entry_at() const { return first_entry_at_; }
  std::optional<WallTime> last_entry_at() const { return last_entry_at_; }
  /// Absent: it runs, or has been killed since.
  std::optional<WallTime> stopped_at() const { return stopped_at_; }

 private:
  /// One target. A span that was there before the journal's beginning begins at the epoch until
  /// settle().
  struct Watch {
    std::vector<Span> watched{};
    std::vector<Span> blind{};
  };

  void learn_run(const Note& note);
  void learn_rules(const Note& note);
  void learn_target(const Note& note, Watch& watch) const;

  std::chrono::milliseconds stale_after_;
  std::map<Eye, Watch> watches_;
  std::vector<Gap> not_running_;
  std::vector<RulesChange> rules_;
  bool has_run_ = false;
  std::optional<WallTime> store_created_at_;
  std::optional<WallTime> first_entry_at_;
  std::optional<WallTime> last_entry_at_;
  std::optional<WallTime> stopped_at_;
};

}  // namespace restorewatch
