#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "jobs/job_store.h"
#include "jobs/population_store.h"

namespace restorewatch {

/// What has to be done once a day, and shortly after the start: old entries and jobs are cut, and
/// the journal's head is announced to every sink. On the loop's thread.
class Upkeep {
 public:
  /// All must outlive the upkeep.
  struct Deps {
    Loop& loop;
    const Clock& clock;
    JobStore& jobs;
    PopulationStore& notes;
    Log log;
    /// How far Atlas's clock is ahead of ours; absent while no answer has told.
    std::function<std::optional<std::chrono::milliseconds>()> clock_offset;
    /// Called once jobs from before the horizon are cut. May be empty.
    std::function<void(WallTime horizon)> on_forgotten{};
  };

  Upkeep(std::chrono::milliseconds retention, Deps deps);

  void start();
  void stop() { stopping_ = true; }

  /// From the next run on.
  void set_retention(std::chrono::milliseconds retention) { retention_ = retention; }

 private:
  void announce_head();
  void again_after(CommitStatus status, std::function<void()> work);
  void cut_old();

  std::chrono::milliseconds retention_;
  Deps deps_;
  bool told_of_clock_ = false;
  bool stopping_ = false;
};

}  // namespace restorewatch
