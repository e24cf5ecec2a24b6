#include "atlas/paging.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace restorewatch {
namespace {

template <typename T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Keeps the last of each id.
void sort_and_drop_repeats(std::vector<RestoreJob>& jobs) {
  const auto by_id = [](const RestoreJob& a, const RestoreJob& b) { return a.id < b.id; };
  const auto same_id = [](const RestoreJob& a, const RestoreJob& b) { return a.id == b.id; };
  std::reverse(jobs.begin(), jobs.end());
  std::stable_sort(jobs.begin(), jobs.end(), by_id);
  jobs.erase(std::unique(jobs.begin(), jobs.end(), same_id), jobs.end());
}

}  // namespace

bool Paging::add(Page page) {
  const bool next = wants_next(page);
  // The last page may well hold only jobs that a shift has pushed back from earlier ones.
  if (!brings_something_new(page) && next) {
    fail(Error{ErrorKind::Malformed, "it has only jobs of earlier pages"});
    return false;
  }
  append(listing_.jobs, std::move(page.jobs));
  append(listing_.unreadable, std::move(page.unreadable));
  if (listing_.unreadable.size() > kMaxUnreadable) {
    listing_.unreadable.resize(kMaxUnreadable);
    const UnreadableJob& first = listing_.unreadable.front();
    fail(Error{ErrorKind::Malformed,
               "too many of its jobs cannot be read, such as " + first.id + ": " + first.reason});
    return false;
  }
  if (!next) return false;
  if (page_number_ == kMaxPages || ids_.size() > kMaxPages * page_size_) {
    fail(Error{ErrorKind::Malformed, "the list has not ended by now"});
    return false;
  }
  ++page_number_;
  return true;
}

bool Paging::brings_something_new(const Page& page) {
  const std::size_t before = ids_.size();
  for (const RestoreJob& job : page.jobs) ids_.insert(to_string(job.id));
  for (const UnreadableJob& job : page.unreadable) ids_.insert(job.id);
  return page_number_ == 1 || ids_.size() > before;
}

bool Paging::wants_next(const Page& page) const {
  if (page.has_links) return page.has_next;
  return page.rows() >= page_size_;
}

void Paging::fail(Error error) {
  if (page_number_ > 1) error.detail = "page " + std::to_string(page_number_) + ": " + error.detail;
  listing_.error = std::move(error);
}

Listing Paging::take() {
  sort_and_drop_repeats(listing_.jobs);
  return std::move(listing_);
}

}  // namespace restorewatch
