#include "atlas/page_turner.h"

#include <utility>

namespace restorewatch {

Result<bool> PageTurner::turn(const ListPage& page, std::size_t rows) {
  // The last page may well hold only rows that a shift has pushed back from earlier ones.
  if (!wants_next(page, rows)) return false;
  ids_.insert(page_ids_.begin(), page_ids_.end());
  page_ids_.clear();
  const bool is_new = seen() > std::exchange(seen_before_, seen()) || page_number_ == 1;
  if (!is_new) return Error{ErrorKind::Malformed, "it has only rows of earlier pages"};
  if (page_number_ == kMaxPages || seen() > kMaxPages * page_size_) {
    return Error{ErrorKind::Malformed, "the list has not ended by now"};
  }
  ++page_number_;
  return true;
}

bool PageTurner::wants_next(const ListPage& page, std::size_t rows) const {
  if (page_size_ == 0) return false;
  if (page.has_links) return page.has_next;
  return rows >= page_size_;
}

}  // namespace restorewatch
