#include "events/journal_follower.h"

#include <algorithm>
#include <utility>

namespace restorewatch {

JournalFollower::JournalFollower(Journal& journal, std::string sink, Beginning beginning)
    : journal_(journal), sink_(std::move(sink)), beginning_(beginning) {}

Status JournalFollower::open() {
  if (position_) return Success{};
  const Result<std::uint64_t> cursor =
      beginning_ == Beginning::Now ? journal_.open_cursor(sink_) : journal_.cursor(sink_);
  if (!cursor) return cursor.error();
  position_ = cursor_ = *cursor;
  return Success{};
}

Result<JournalFollower::Batch> JournalFollower::read(std::size_t limit) {
  if (const Status opened = open(); !opened) return opened.error();
  const Result<std::uint64_t> last = journal_.last_seq();
  if (!last) return last.error();
  Result<std::vector<JournalEntry>> entries = journal_.read_after(*position_, limit);
  if (!entries) return entries.error();
  Batch batch{*std::move(entries), 0, *last};
  if (batch.entries.empty()) return batch;
  // Numbers rise by one, and retention cuts from the front.
  batch.lost = batch.entries.front().seq - *position_ - 1;
  position_ = batch.entries.back().seq;
  batch.last_seq = std::max(batch.last_seq, *position_);
  return batch;
}

void JournalFollower::delivered(std::uint64_t seq) {
  if (seq <= cursor_) return;
  cursor_ = seq;
  journal_.advance(sink_, seq);
}

}  // namespace restorewatch
