#include "jobs/note.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, kNoteKindCount> kLabels{
    "store_created",  "daemon_started", "daemon_stopped", "target_added",
    "target_removed", "target_blind",   "target_visible", "configuration_loaded",
    "retention_run",  "head_announced", "store_upgraded", "rules_in_force"};

}  // namespace

std::string_view label(NoteKind kind) {
  return kLabels[static_cast<std::size_t>(kind)];
}

}  // namespace restorewatch
