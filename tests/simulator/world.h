#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/job.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

struct Cluster {
  std::string name;
  bool sharded = false;
  std::vector<Job> jobs;  // newest first
};

struct Project {
  std::string id, name;
  std::optional<std::vector<std::string>> credentials;  // absent: all may see it
  std::vector<Cluster> clusters;
};

/// Every project, cluster and job of a scenario. The same scenario, seed and start give the same
/// world. Not thread-safe.
class World {
 public:
  World(const Scenario& scenario, VirtualTime start);

  const std::vector<Project>& projects() const { return projects_; }

  /// Null if there is none. Projects are found by id.
  const Project* project(std::string_view id) const;
  static const Cluster* cluster(const Project& project, std::string_view name);

  /// Adds `added.plan.count` jobs, counted from `now`; their ids, or nothing if there is no such
  /// cluster.
  std::vector<std::string> add(const AddedJob& added, VirtualTime now);

 private:
  std::vector<Project> projects_;
  std::uint64_t seed_;
  std::uint64_t added_ = 0;  // how often add() was called: later jobs differ from earlier ones
};

}  // namespace atlas_simulator
