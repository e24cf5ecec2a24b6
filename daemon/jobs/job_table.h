#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jobs/job_row.h"
#include "jobs/place_pool.h"
#include "jobs/sorted_rows.h"
#include "jobs/tracked_job.h"

namespace restorewatch {

class JobTable;

/// One job of a table, of which only what is asked for is unpacked. Holds until the table changes.
class JobView {
 public:
  const JobId& id() const { return row_->id; }
  JobState state() const { return state_of(*row_); }
  Delivery delivery() const { return static_cast<Delivery>(row_->delivery); }
  std::optional<Outcome> outcome() const { return optional_of<Outcome>(row_->outcome); }
  Purpose purpose() const { return static_cast<Purpose>(row_->purpose); }
  bool has_link() const { return row_->has_link != 0; }
  WallTime requested_at() const { return *time(JobTime::Requested); }
  std::optional<WallTime> time(JobTime which) const;
  TrackedJob whole() const;

 private:
  friend class JobTable;
  JobView(const JobTable& table, const JobRow& row) : table_(&table), row_(&row) {}

  const JobTable* table_;
  const JobRow* row_;
};

/// The jobs of one target, ordered by id. Takes 72 bytes for a job and a little for the names in
/// it, instead of the 500 of a map; what few jobs have (a message, progress, a time that nobody
/// can mean) is kept in smaller tables beside. Everything comes back exactly as it was put.
/// A value; not thread-safe.
class JobTable {
 public:
  /// Goes through the jobs by id.
  class Iterator {
   public:
    // The names that the standard library looks for.
    using difference_type = std::ptrdiff_t;  // NOLINT(readability-identifier-naming)
    using value_type = JobView;              // NOLINT(readability-identifier-naming)

    JobView operator*() const { return {*table_, *row_}; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    friend class JobTable;
    Iterator(const JobTable& table, const JobRow* row) : table_(&table), row_(row) {}

    const JobTable* table_;
    const JobRow* row_;
  };

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.size() == 0; }
  Iterator begin() const { return {*this, std::to_address(rows_.all().begin())}; }
  Iterator end() const { return {*this, std::to_address(rows_.all().end())}; }

  bool contains(const JobId& id) const { return rows_.find(id) != nullptr; }
  std::optional<TrackedJob> find(const JobId& id) const;
  std::optional<JobView> view(const JobId& id) const;

  /// Whether the job is known just as it is shown, and has not been missed since. What nearly every
  /// job of nearly every look is asked: nothing is unpacked for it.
  bool shows(const RestoreJob& shown) const;
  /// Likewise, asked of one job after the other: begin with 0. Without a search where they are
  /// asked for by id and most are known.
  bool shows(const RestoreJob& shown, std::size_t& place) const;

  /// Those that have not ended. Does not go through the others of a long history.
  std::vector<JobView> open() const;

  /// In place of what was known of the job, if anything.
  void put(const TrackedJob& tracked);
  /// Likewise, of several. Costs one pass over the table, however many are new.
  void put_all(std::span<const TrackedJob> batch);

  /// Drops the jobs of which `fits(JobView)` is true. Returns how many.
  template <typename Fits>
  std::size_t erase_if(Fits fits) {
    std::vector<JobId> ids;
    for (const JobView job : *this) {
      if (fits(job)) ids.push_back(job.id());
    }
    erase(ids);
    return ids.size();
  }

  bool operator==(const JobTable& other) const;

  /// Targets of jobs whose names are kept.
  std::size_t distinct_places() const { return places_.size(); }

 private:
  friend class JobView;

  template <typename T>
  struct Beside {
    JobId id;
    T value;

    bool operator==(const Beside&) const = default;
  };
  template <typename T>
  using SideTable = SortedRows<Beside<T>>;
  using Times = std::array<std::optional<WallTime>, kJobTimeCount>;
  using Entered = std::array<std::uint16_t, kJobStateCount>;

  template <typename T>
  static void settle(SideTable<T>& table, const JobId& id, bool had, const std::optional<T>& value);

  JobRow prepare(const TrackedJob& tracked);
  void put_beside(const JobRow& before, const JobRow& row, const TrackedJob& tracked);
  void insert(std::vector<const TrackedJob*> batch);
  void erase(const std::vector<JobId>& ids);
  TrackedJob whole(const JobRow& row) const;
  bool shows(const JobRow* row, const RestoreJob& shown) const;
  bool agrees_beside(const JobRow& row, const RestoreJob& shown) const;
  std::optional<WallTime> far_time(const JobId& id, JobTime which) const;
  void drop_unused_places();

  SortedRows<JobRow> rows_;
  PlacePool places_;
  std::size_t open_ = 0;
  // Each has a row where the job's row has the flag.
  SideTable<Times> far_times_;
  SideTable<Entered> many_entries_;
  SideTable<WallTime> not_found_;
  SideTable<std::string> error_messages_;
  SideTable<RestoreProgress> progress_;
};

inline std::optional<WallTime> JobView::time(JobTime which) const {
  const PackedTime time = time_of(*row_, which);
  return time.is_far() ? table_->far_time(row_->id, which) : time.get();
}

inline TrackedJob JobView::whole() const {
  return table_->whole(*row_);
}

}  // namespace restorewatch
