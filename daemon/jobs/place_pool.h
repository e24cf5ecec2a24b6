#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jobs/restore_job.h"

namespace restorewatch {

/// Where jobs restore to: each project and cluster is kept once, however many jobs go there. The
/// job that goes nowhere that is known of, as a download, is at kNowhere.
class PlacePool {
 public:
  static constexpr std::uint32_t kNowhere = 0;

  /// The number of the job's target; a new one is added.
  std::uint32_t number_of(const RestoreJob& job);

  /// Whether that is the job's target.
  bool agrees(std::uint32_t number, const RestoreJob& job) const;

  /// Tells a job its target.
  void fill(std::uint32_t number, RestoreJob& job) const;

  /// The number in this pool of another's place.
  std::uint32_t adopt(const PlacePool& other, std::uint32_t number);

  bool are_same(std::uint32_t number, const PlacePool& other, std::uint32_t its_number) const;

  std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    std::optional<ProjectId> project_id;
    std::optional<std::string> cluster;

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
    auto operator<=>(const Place&) const = default;
  };

  const Place& at(std::uint32_t number) const;
  std::uint32_t number_of(const Place& place);

  std::vector<Place> places_;            // the first has number 1
  std::vector<std::uint32_t> in_order_;  // numbers, by place
};

}  // namespace restorewatch
