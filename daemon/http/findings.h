#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/cluster_rows.h"
#include "jobs/objectives.h"

namespace restorewatch {

/// What can be said of a cluster, the worst first. One cluster may show several.
enum class Finding : std::uint8_t {
  // Wrong: somebody should look now.
  Violation,  // a restore broke a policy within the last day
  Failed,     // a restore or a download has failed, and none of its kind succeeded since
  Stuck,      // something has been going on for longer than it may
  Blind,      // not seen for poll.stale_after
  BackupOff,  // Atlas keeps no backups of a cluster that has objectives
  // Not as it should be.
  Untested,   // should be drilled, and never was
  Overdue,    // was drilled too long ago
  Slow,       // its last restore took longer than it may
  OldPoint,   // the data restored last was older than it may be
  Uncovered,  // it has objectives, and nobody looks at it
  Down,       // the last look failed
  // Worth knowing.
  LinkOpen,    // a download link gives its data to whoever has it
  Active,      // restores are going on
  Waiting,     // not looked at yet
  NotWatched,  // nobody looks at it
};
inline constexpr std::size_t kFindingCount = 15;

enum class Severity : std::uint8_t { Wrong, Warning, Note, Fine };

/// For filters and the API: "backup_off".
std::string_view label(Finding finding);
std::optional<Finding> finding_from(std::string_view word);
/// For people, as a heading: "Backup switched off".
std::string_view title(Finding finding);
Severity severity_of(Finding finding);

constexpr std::size_t index_of(Finding finding) {
  return static_cast<std::size_t>(finding);
}

/// How long a restore may go on where no objective says so.
inline constexpr std::chrono::hours kStuckAfter{4};

/// For how long a broken policy is told as wrong: it is an event, which nothing undoes.
inline constexpr std::chrono::hours kViolationShownFor{24};

/// A finding and what is known of it.
struct Found {
  Finding what = Finding::Waiting;
  std::optional<WallTime> since;
  std::string detail{};  // in words, for people; text from outside is in it only as labels

  bool operator==(const Found&) const = default;
};

/// A cluster, judged at one moment.
struct ClusterState {
  TargetSummary summary;  // of all its sources together
  Objectives objectives;
  bool present_unknown = false;  // what is going on now is not known
  std::vector<Found> findings;   // the worst first

  bool has(Finding finding) const;
  Severity severity() const;                     // of the worst
  std::optional<WallTime> drill_due_at() const;  // absent: none is, or never drilled
};

/// The restore that ended well most recently; downloads prove nothing. Null: there was none. Points
/// into the summary.
const LastSuccess* last_restore(const TargetSummary& summary);

ClusterState judge(const ClusterRow& row, const ObjectiveRules* rules, WallTime now);

}  // namespace restorewatch
