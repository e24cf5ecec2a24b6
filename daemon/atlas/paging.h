#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "atlas/page.h"
#include "base/result.h"
#include "jobs/job_source.h"

namespace restorewatch {

/// Puts the pages of one list together and decides whether to ask for another. Lists are paged by
/// number and may shift while they are read: a job may come twice, then the later page counts.
/// Without I/O.
class Paging {
 public:
  /// More pages than this (half a million jobs) are taken for a server that does not end.
  static constexpr int kMaxPages = 1000;

  /// So many unreadable jobs are no odd ones out: the answer as a whole is not what it should be.
  static constexpr std::size_t kMaxUnreadable = 100;

  /// `page_size` is what each page was asked for.
  explicit Paging(std::size_t page_size) : page_size_(page_size) {}

  /// The number of the page to ask for, from 1.
  int page_number() const { return page_number_; }

  /// Takes that page. True: ask for the next one. A page that is not the last and
  /// brings no new job ends the list with an error, and so do the limits above.
  bool add(Page page);

  /// Ends the list here: what was read stays.
  void fail(Error error);

  /// The whole, once; in id order and without repeats.
  Listing take();

 private:
  bool wants_next(const Page& page) const;
  bool brings_something_new(const Page& page);

  std::size_t page_size_;
  int page_number_ = 1;
  std::unordered_set<std::string> ids_;  // of all pages so far
  Listing listing_;
};

}  // namespace restorewatch
