#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "simulator/fault.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// A job and what an answer said of it.
struct Shown {
  std::uint64_t job = 0;  // its number
  Look look = Look::InProgress;
};

/// What was really so and what was really shown: what a watcher's records are held against.
/// Not thread-safe.
class Truth {
 public:
  /// Notes that an answer showed these jobs.
  void show(const std::vector<Shown>& jobs);

  /// Counts an answered request for the jobs of the cluster of this number.
  void count(RequestKind kind, std::uint64_t cluster);

  /// Everything as JSON; README.md has the shape.
  std::string json(const World& world, VirtualTime now) const;

 private:
  struct Served {
    std::int64_t list = 0, get = 0;
  };
  using Totals = std::map<std::string, std::int64_t>;

  std::string shown_words(const Job& job) const;
  std::string job_json(const Job& job, const Project& project, const Cluster& cluster,
                       VirtualTime now) const;
  std::string jobs_json(const Project& project, const Cluster& cluster, VirtualTime now,
                        Totals& totals) const;
  std::string cluster_json(const Project& project, const Cluster& cluster, VirtualTime now,
                           Totals& totals) const;

  std::unordered_map<std::uint64_t, std::vector<Look>> shown_;  // each look once, in order
  std::unordered_map<std::uint64_t, Served> served_;            // by cluster
};

}  // namespace atlas_simulator
