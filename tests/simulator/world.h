#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/job_list.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

/// A cluster as it is now; one that was deleted stays, for its jobs.
struct Cluster {
  std::uint64_t number = 0;  // its own in the world, counted from 0
  std::string id, name;
  Tier tier = Tier::Dedicated;
  std::string instance_size;
  bool sharded = false, paused = false, backup_enabled = true;
  VirtualTime created;
  std::optional<VirtualTime> deleted;
  bool keeps_backups = false;  // though deleted
  Tags tags;
  std::vector<std::string> earlier_names;  // oldest first
  std::uint64_t changes = 0;               // so that what was made of it can be known to be old
  std::array<JobList, kSources.size()> lists;

  JobList& jobs(Source source) { return lists[static_cast<std::size_t>(source)]; }
  const JobList& jobs(Source source) const { return lists[static_cast<std::size_t>(source)]; }
};

struct Project {
  std::string id, name, organization;
  VirtualTime created;
  Tags tags;
  std::optional<std::vector<std::string>> credentials;  // absent: all of its organization
  std::set<std::string> hidden_from;                    // credentials
  std::map<std::string, Role> roles;                    // absent: owner
  std::vector<Cluster> clusters;

  /// The cluster that bears this name now; null if there is none.
  const Cluster* cluster(std::string_view wanted) const;
};

/// What cannot be done to the world as it is, and the HTTP status that says so.
class ActionRefused : public std::runtime_error {
 public:
  ActionRefused(int status, const std::string& message)
      : std::runtime_error(message), status_(status) {}
  int status() const { return status_; }

 private:
  int status_;
};

/// Every project, cluster and job of a scenario. The same scenario, seed and start give the same
/// world. Not thread-safe.
class World {
 public:
  /// Throws ScenarioError, with the place, if one of the events cannot happen.
  World(const Scenario& scenario, VirtualTime start);

  const std::vector<Project>& projects() const { return projects_; }

  /// By id; null if there is none.
  const Project* project(std::string_view id) const;
  const Project* named_project(std::string_view id_or_name) { return find(id_or_name); }

  /// Lets the events happen that are due. One that cannot, because of what was done from outside,
  /// is left out and counted.
  void catch_up(VirtualTime now);
  std::uint64_t events_left_out() const { return events_left_out_; }

  /// Adds `added.plan.count` jobs, counted from `now`; their ids, or nothing if there is no such
  /// cluster. Throws ActionRefused for a job that the cluster cannot have.
  std::vector<std::string> add(const AddedJob& added, VirtualTime now);

  /// Throws ActionRefused.
  void act(const Action& action, VirtualTime now);

 private:
  void act_on(const ClusterAction& action, VirtualTime now);
  void act_on(const ProjectAction& action, VirtualTime now);
  void create_cluster(Project& project, const ClusterPlan& plan, VirtualTime now,
                      std::optional<VirtualTime> born);
  void create_project(const ProjectPlan& plan, VirtualTime now, std::optional<VirtualTime> born);
  void add_jobs(Cluster& cluster, const ClusterPlan& plan, const std::string& project,
                VirtualTime start, Draws& draws);
  void check_events() const;
  void number(std::vector<Job>& jobs);
  std::string salt(const std::string& name);
  Project* find(std::string_view id_or_name);

  std::vector<Project> projects_;
  std::vector<Event> events_;  // in order of time
  VirtualTime start_;
  std::size_t next_event_ = 0;
  std::uint64_t events_left_out_ = 0;
  std::uint64_t seed_;
  std::uint64_t salts_ = 0;  // later jobs and clusters differ from earlier ones
  std::uint64_t jobs_ = 0, clusters_ = 0;
};

}  // namespace atlas_simulator
