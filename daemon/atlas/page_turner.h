#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include "atlas/page.h"
#include "base/result.h"
#include "jobs/object_id.h"

namespace restorewatch {

/// Decides, page by page, whether a list has another one. Without I/O.
class PageTurner {
 public:
  /// More pages than this (half a million rows) are taken for a server that does not end.
  static constexpr int kMaxPages = 1000;

  /// `page_size` is what each page was asked for; 0 where the list has no pages.
  explicit PageTurner(std::size_t page_size) : page_size_(page_size) {}

  /// The number of the page to ask for, from 1.
  int page_number() const { return page_number_; }

  /// Tells of a row of the present page, by what it can be known again by.
  void saw(const ObjectId& id) { page_ids_.push_back(id); }
  void saw_odd(const std::string& row) { odd_.insert(row); }

  /// After the page's rows. True: ask for the next one. Malformed: the list does not end as lists
  /// do, because the page is not the last and has only rows of earlier ones, or by the limit above.
  Result<bool> turn(const ListPage& page, std::size_t rows);

 private:
  bool wants_next(const ListPage& page, std::size_t rows) const;
  std::size_t seen() const { return ids_.size() + odd_.size(); }

  std::size_t page_size_;
  int page_number_ = 1;
  std::vector<ObjectId> page_ids_;    // of the present page
  std::unordered_set<ObjectId> ids_;  // of the pages before; most lists have but one page
  std::unordered_set<std::string> odd_;
  std::size_t seen_before_ = 0;  // on earlier pages
};

}  // namespace restorewatch
