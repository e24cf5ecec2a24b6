#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simulator/fault.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// A job and what an answer said of it.
struct Shown {
  std::string job_id;
  Look look = Look::InProgress;
};

/// What was really so and what was really shown: what a watcher's records are held against.
/// Not thread-safe.
class Truth {
 public:
  /// Notes that an answer showed these jobs.
  void show(const std::vector<Shown>& jobs);

  /// Counts an answered request for a cluster's jobs.
  void count(RequestKind kind, const std::string& project_id, const std::string& cluster);

  /// Everything as JSON; README.md has the shape.
  std::string json(const World& world, VirtualTime now) const;

 private:
  struct Served {
    std::int64_t list = 0, get = 0;
  };
  using Totals = std::map<std::string, std::int64_t>;

  std::string job_json(const Job& job, const Project& project, const Cluster& cluster,
                       VirtualTime now) const;
  std::string cluster_json(const Project& project, const Cluster& cluster, VirtualTime now,
                           Totals& totals) const;

  std::map<std::string, std::vector<Look>> shown_;  // by job id; each look once, in order
  std::map<std::pair<std::string, std::string>, Served> served_;  // by project id and cluster
};

}  // namespace atlas_simulator
