#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "jobs/note.h"
#include "jobs/transition.h"

namespace restorewatch {

/// What the journal holds, in the order of commits: numbers rise by one, from 1.
struct JournalEntry {
  std::uint64_t seq = 0;
  std::variant<Transition, Note> what;
  Digest hash{};  // over this entry and, through its predecessor's, over all before it

  /// Null where the entry is of the other sort.
  const Transition* transition() const { return std::get_if<Transition>(&what); }
  const Note* note() const { return std::get_if<Note>(&what); }

  /// Says the same at the same place; the hash follows from that and from what was before.
  bool operator==(const JournalEntry& other) const {
    return seq == other.seq && what == other.what;
  }
};

/// When it was observed or noted.
WallTime time_of(const JournalEntry& entry);

/// What was committed, and how far each sink has delivered it. Thread-safe.
class Journal {
 public:
  virtual ~Journal() = default;

  /// Up to `limit` entries with seq > `after`, in order. Those that retention has cut are left out.
  virtual Result<std::vector<JournalEntry>> read_after(std::uint64_t after, std::size_t limit) = 0;

  /// The last entry ever written, 0 when there is none.
  virtual Result<std::uint64_t> last_seq() = 0;

  /// Where `sink` goes on: the last entry that it delivered. A sink never heard of begins behind
  /// the last entry there is, so that a new receiver is not sent all of the past; from then on it
  /// is known.
  virtual Result<std::uint64_t> open_cursor(std::string_view sink) = 0;

  /// The last entry that `sink` delivered, 0 for one never opened.
  virtual Result<std::uint64_t> cursor(std::string_view sink) = 0;

  /// Moves the cursor. Written with the next commit or within a second; after a crash it may be
  /// older, so that events repeat rather than get lost.
  virtual void advance(std::string_view sink, std::uint64_t seq) = 0;

  /// Notes that `sink` has given up an entry, and why, so that people can see what a receiver
  /// lacks. Written like a cursor; in place of an earlier reason for the same entry.
  virtual void park(std::string_view sink, std::uint64_t seq, std::string reason) = 0;
};

}  // namespace restorewatch
