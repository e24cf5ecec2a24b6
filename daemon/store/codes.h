#pragma once

#include <cstdint>
#include <optional>

#include "jobs/note.h"
#include "jobs/words.h"

namespace restorewatch {

/// The numbers under which rows keep the words of jobs/words.h. There are millions of rows, and a
/// word in each would nearly double them; the numbers are the file's own, so that enumerators
/// may be moved freely. A number, once given, never changes its meaning.
/// For Source, Delivery, JobState, Outcome, Scope, Purpose, Tier, ApiGeneration and NoteKind.
template <typename Enum>
std::uint8_t code_of(Enum value);

/// Absent for a number that was never given.
template <typename Enum>
std::optional<Enum> from_code(std::int64_t code);

/// In the journal's column `kind`, beside the codes of NoteKind: a transition.
inline constexpr std::int64_t kTransitionCode = 1;

}  // namespace restorewatch
