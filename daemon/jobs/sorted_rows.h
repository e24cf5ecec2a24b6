#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "jobs/object_id.h"

namespace restorewatch {

/// Makes room for `more` elements, an eighth of the size at a time: of a million jobs, the half
/// that doubling would leave unused is tens of megabytes.
template <typename T>
void grow_by(std::vector<T>& vector, std::size_t more) {
  const std::size_t wanted = vector.size() + more;
  if (wanted > vector.capacity()) vector.reserve(std::max(wanted, vector.size() * 9 / 8));
}

/// Rows with an `id`, ordered by it, in one piece of memory. Not thread-safe; pointers and spans
/// hold until the next change.
template <typename Row>
class SortedRows {
 public:
  /// Null: there is none.
  const Row* find(const JobId& id) const {
    const auto at = std::ranges::lower_bound(rows_, id, {}, &Row::id);
    return at == rows_.end() || at->id != id ? nullptr : &*at;
  }

  /// Likewise. `place` is looked at first, and left behind the row: whoever asks for one row after
  /// the other, in their order, need not search.
  const Row* find_from(std::size_t& place, const JobId& id) const {
    const bool is_there = place < rows_.size() && rows_[place].id == id;
    const Row* const row = is_there ? &rows_[place] : find(id);
    if (row != nullptr) place = static_cast<std::size_t>(row - rows_.data()) + 1;
    return row;
  }

  /// Precondition: there is one.
  const Row& at(const JobId& id) const {
    return *std::ranges::lower_bound(rows_, id, {}, &Row::id);
  }

  /// In place of the row with the same id, if there is one. At the end it costs no search.
  void put(Row row) {
    const auto at = rows_.empty() || rows_.back().id < row.id ? rows_.end() : place_of(row.id);
    if (at != rows_.end() && at->id == row.id) {
      *at = std::move(row);
      return;
    }
    const auto place = at - rows_.begin();
    grow_by(rows_, 1);
    rows_.insert(rows_.begin() + place, std::move(row));
  }

  /// None of which is there; ordered by id, each once. One pass over the rows, however many come in
  /// between them.
  void insert_all(std::vector<Row> batch) {
    grow_by(rows_, batch.size());
    const auto old_size = static_cast<std::ptrdiff_t>(rows_.size());
    std::ranges::move(batch, std::back_inserter(rows_));
    std::ranges::inplace_merge(rows_, rows_.begin() + old_size, {}, &Row::id);
  }

  void erase(const JobId& id) {
    const auto at = place_of(id);
    if (at != rows_.end() && at->id == id) rows_.erase(at);
  }

  template <typename Fits>
  void erase_if(Fits fits) {
    std::erase_if(rows_, fits);
    rows_.shrink_to_fit();
  }

  /// `change` may change all of a row but its id.
  template <typename Change>
  void for_each(Change change) {
    std::ranges::for_each(rows_, change);
  }

  std::span<const Row> all() const { return rows_; }
  std::size_t size() const { return rows_.size(); }
  bool operator==(const SortedRows&) const = default;

 private:
  auto place_of(const JobId& id) { return std::ranges::lower_bound(rows_, id, {}, &Row::id); }

  std::vector<Row> rows_;
};

}  // namespace restorewatch
