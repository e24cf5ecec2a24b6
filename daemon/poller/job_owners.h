#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "jobs/object_id.h"

namespace restorewatch {

/// Who keeps each job of one project, and which of them owns it: at first the one that kept it
/// first. About ten bytes for a job, since the jobs themselves stay where they are kept: a place
/// in a flat hash table says only in whose table to look. Not thread-safe.
class JobOwners {
 public:
  using Keeper = std::uint32_t;  // a target's index
  /// Whether the keeper keeps the job: true before the next question after add(), and until
  /// remove() at least.
  using Keeps = std::function<bool(Keeper, const JobId&)>;

  explicit JobOwners(Keeps keeps) : keeps_(std::move(keeps)) {}

  /// `keeper` begins to keep the job. Precondition: it was not added for it before.
  void add(const JobId& job, Keeper keeper);

  /// It does no longer. If it was the owner, another keeper is. Nothing where it was not added.
  void remove(const JobId& job, Keeper keeper);

  /// Precondition: it keeps the job.
  void make_owner(const JobId& job, Keeper keeper);

  std::optional<Keeper> owner_of(const JobId& job) const;

  bool is_kept_by_another(const JobId& job, Keeper than) const;

  bool empty() const { return used_ == 0; }

  /// Where a job is looked for. Two jobs may have the same.
  static std::uint32_t hash_of(const JobId& job);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    Keeper keeper = kNobody;
  };
  static constexpr Keeper kNobody = UINT32_MAX;

  std::size_t home_of(std::uint32_t hash) const;
  std::size_t behind(std::size_t place) const { return place + 1 == slots_.size() ? 0 : place + 1; }
  std::size_t distance(std::size_t from, std::size_t to) const;
  std::vector<Keeper> keepers_of(const JobId& job) const;
  void put(Slot slot);
  void close_gap(std::size_t gap);
  void resize(std::size_t size);

  Keeps keeps_;
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
  std::map<JobId, Keeper> owners_;  // of jobs with several keepers; there are few
};

}  // namespace restorewatch
