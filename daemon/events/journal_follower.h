#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "jobs/journal.h"

namespace restorewatch {

/// What a sink logs when JournalFollower::Batch::lost is not 0.
inline constexpr std::string_view kLostMessage =
    "events can no longer be delivered: retention has cut them from the journal";

/// Reads the journal for one sink, each entry once, and keeps the sink's cursor. Where reading has
/// come to is in memory; the store is asked only when the sink wants more. Not thread-safe.
class JournalFollower {
 public:
  /// Where a sink begins that has never delivered anything.
  enum class Beginning {
    OfTheStore,  // it gets everything
    Now,         // it is not sent the past
  };
  struct Batch {
    std::vector<JournalEntry> entries;  // in order, behind all that was read before
    std::uint64_t lost = 0;             // entries before these that retention cut, unread
    std::uint64_t last_seq = 0;         // the journal's last entry, at least
  };

  /// `journal` must outlive the follower.
  JournalFollower(Journal& journal, std::string sink, Beginning beginning);

  /// Finds out where the sink goes on; read() does so, too. To be repeated until it succeeds.
  Status open();
  bool is_open() const { return position_.has_value(); }

  /// Up to `limit` further entries; fewer: there are no more for now.
  Result<Batch> read(std::size_t limit);

  /// The last entry that was read, or cut unread. Only when open.
  std::uint64_t position() const { return *position_; }

  /// All up to `seq` is done with. Writes nothing where that is known.
  void delivered(std::uint64_t seq);

  /// The last entry that is done with. Only when open.
  std::uint64_t cursor() const { return cursor_; }

 private:
  Journal& journal_;
  std::string sink_;
  Beginning beginning_;
  std::optional<std::uint64_t> position_;
  std::uint64_t cursor_ = 0;
};

}  // namespace restorewatch
