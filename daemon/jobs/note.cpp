#include "jobs/note.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, kNoteKindCount> kLabels{
    "store_created",  "daemon_started", "daemon_stopped", "target_added",
    "target_removed", "target_blind",   "target_visible", "configuration_loaded",
    "retention_run",  "head_announced", "store_upgraded"};

}  // namespace

std::string_view label(NoteKind kind) {
  return kLabels[static_cast<std::size_t>(kind)];
}

std::optional<NoteKind> note_kind_from(std::string_view word) {
  const auto* const found = std::ranges::find(kLabels, word);
  if (found == kLabels.end()) return std::nullopt;
  return static_cast<NoteKind>(found - kLabels.begin());
}

}  // namespace restorewatch
