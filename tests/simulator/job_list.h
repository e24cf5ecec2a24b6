#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "simulator/job.h"

namespace atlas_simulator {

/// One source's jobs of one cluster, newest first: future ones, then all that answers may show.
/// Looking things up copies and sorts nothing, however long the list is. Not thread-safe.
class JobList {
 public:
  void add(std::vector<Job> jobs);

  /// Jobs created after `now` that aim at the cluster `from` of the project aim at `to` instead.
  void retarget(std::string_view project, std::string_view from, const std::string& to,
                VirtualTime now);

  const std::vector<Job>& all() const { return jobs_; }

  /// Null if no such job was created by `now`, or if it has vanished.
  const Job* find(std::string_view id, VirtualTime now) const;

  /// How many jobs answers show.
  std::size_t visible_count(VirtualTime now) const;

  /// Up to `most` visible jobs, newest first, without the newest `skipped` ones.
  std::vector<const Job*> visible(VirtualTime now, std::size_t skipped, std::size_t most) const;

 private:
  std::span<const Job> created_by(VirtualTime now) const;

  std::vector<Job> jobs_;
  std::vector<VirtualTime> vanish_times_;  // of the jobs that do vanish, sorted
};

}  // namespace atlas_simulator
