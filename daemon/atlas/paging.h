#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "atlas/page.h"
#include "atlas/page_turner.h"
#include "base/result.h"
#include "jobs/job_source.h"

namespace restorewatch {

/// Puts the pages of one list of jobs together. Lists are paged by number and may shift while they
/// are read: a job may come twice, then the later page counts. Without I/O.
class Paging {
 public:
  static constexpr int kMaxPages = PageTurner::kMaxPages;

  /// So many unreadable jobs are no odd ones out: the answer as a whole is not what it should be.
  static constexpr std::size_t kMaxUnreadable = 100;

  /// Unknown words beyond this are not kept: these say it well enough.
  static constexpr std::size_t kMaxUnknownWords = 1000;

  /// `page_size` is what each page was asked for; 0 where the list has no pages. `is_settled` as in
  /// JobSource::list(); empty: the list is read to its end.
  explicit Paging(std::size_t page_size, JobSource::IsSettled is_settled = nullptr)
      : turner_(page_size), is_settled_(std::move(is_settled)) {}

  /// The number of the page to ask for, from 1.
  int page_number() const { return turner_.page_number(); }

  /// Takes that page. True: ask for the next one. A page that is not the last and brings no new job
  /// ends the list with an error, and so do the limits above. A page of settled jobs ends it well.
  bool add(Page page);

  /// Ends the list here: what was read stays.
  void fail(Error error);

  /// The whole, once; in id order and without repeats.
  Listing take();

 private:
  void add_words(const Page& page);
  bool add_unreadable(std::vector<UnreadableJob> jobs);
  void note_order(const std::vector<RestoreJob>& rows);
  bool is_settled(const std::vector<RestoreJob>& rows) const;

  PageTurner turner_;
  JobSource::IsSettled is_settled_;
  bool is_newest_first_ = true;       // all rows so far
  std::optional<WallTime> last_row_;  // when the job of the row before was requested
  Listing listing_;
};

}  // namespace restorewatch
