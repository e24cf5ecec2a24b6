#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "bench/random_draws.h"
#include "jobs/inventory.h"
#include "jobs/restore_job.h"
#include "jobs/target.h"

namespace restorewatch::testing_fleet {

struct FleetShape {
  std::uint32_t projects = 100;
  std::uint32_t clusters_a_project = 100;
  bool collections = true;        // each cluster is looked at through a second source
  std::uint32_t listed_jobs = 5;  // of each target; a new job pushes the oldest ended one out
  std::uint32_t busy = 8;  // clusters of a project that are restored at the same time, at most
  std::uint64_t seed = 1;

  std::uint32_t sources() const { return collections ? 2 : 1; }
  std::uint32_t targets() const { return projects * clusters_a_project * sources(); }
};

using TargetNumber = std::uint32_t;  // from 0, those of a project side by side

/// A job in as few bytes as will do, so that a large fleet disturbs the caches little.
struct WorldJob {
  WallTime requested_at;
  WallTime ended_at;  // known beforehand, shown once it has come
  std::uint32_t nth = 0;
  bool fails = false;

  bool is_over(WallTime now) const { return ended_at <= now; }
};

/// What really happens in the fleet: restores begin and end, by chance and always the same for a
/// seed. Of each project's clusters a bounded number is restored at any time: that many lanes, each
/// of which does one restore after the other, in clusters drawn anew.
class FleetWorld {
 public:
  using OnJob = std::function<void(TargetNumber, const JobId&, const WorldJob&)>;

  /// Jobs begin from `quiet_until` on; `on_job` is told of each.
  FleetWorld(FleetShape shape, WallTime start, WallTime quiet_until, OnJob on_job);

  const FleetShape& shape() const { return shape_; }

  /// Lets happen what happens until then.
  void advance_to(WallTime now);

  /// Oldest first; some may not have begun by the time that is asked for.
  std::span<const WorldJob> jobs(TargetNumber target) const { return jobs_[target]; }

  /// As Atlas would show the job at that time. Precondition: it had been requested by then.
  RestoreJob shown(TargetNumber target, const WorldJob& job, WallTime at) const;

  std::uint64_t jobs_begun() const { return begun_; }

  // Names and numbers. All ids hold the number that they stand for.
  Inventory inventory() const;
  TargetNumber number_of(const TargetKey& key) const;
  std::uint32_t project_of(TargetNumber target) const {
    return target / (shape_.clusters_a_project * shape_.sources());
  }
  Source source_of(TargetNumber target) const;
  static JobId id_of(TargetNumber target, const WorldJob& job);
  static TargetNumber target_of(const JobId& id);

 private:
  struct Lane {
    WallTime next_begins;
    std::uint32_t project;
    RandomDraws draws;
  };

  static bool is_later(const Lane& a, const Lane& b) { return a.next_begins > b.next_begins; }
  void begin_job(Lane& lane);
  void add(TargetNumber target, WorldJob job, WallTime now);

  FleetShape shape_;
  OnJob on_job_;
  std::vector<std::vector<WorldJob>> jobs_;    // of each target
  std::vector<TargetNumber> last_in_project_;  // where the latest job of the project is
  std::vector<Lane> lanes_;                    // a heap: the next to begin is in front
  std::uint64_t begun_ = 0;
};

}  // namespace restorewatch::testing_fleet
