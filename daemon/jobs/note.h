#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "jobs/target.h"

namespace restorewatch {

/// What an auditor must know besides transitions: when somebody watched, and what.
enum class NoteKind : std::uint8_t {
  StoreCreated,         // nothing was known before
  DaemonStarted,        // without a DaemonStopped before it, the run before was cut short
  DaemonStopped,        //
  TargetAdded,          // from now on it is looked at
  TargetRemoved,        // from now on it is not
  TargetBlind,          // it could not be seen for poll.stale_after
  TargetVisible,        // it can be seen again
  ConfigurationLoaded,  // a reload took effect
  RetentionRun,         // what was older than the horizon is gone
  HeadAnnounced,        // the journal's head was told to every sink
  StoreUpgraded,        // the journal of an older store was chained
  RulesInForce,  // what restores are judged by from now on; none after a DaemonStarted: nothing
};
inline constexpr std::size_t kNoteKindCount = 12;

/// The words used in events and in the store: "target_added".
std::string_view label(NoteKind kind);

/// An entry of the journal that is no transition.
struct Note {
  NoteKind kind = NoteKind::DaemonStarted;
  WallTime at;
  std::optional<TargetKey> target{};  // of the kinds that speak of one
  std::string project_name{};         // its project's, as it was then
  std::string detail{};               // in words, for people

  bool operator==(const Note&) const = default;
};

}  // namespace restorewatch
