#pragma once

#include <chrono>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "end_to_end/stage.h"
#include "end_to_end/truth.h"
#include "fakes/webhook_receiver.h"

namespace restorewatch {

/// A small fake Atlas, with every source, whose time stands still until it is moved, and in which
/// jobs of every outcome begin with every hour.
class RestlessJobs {
 public:
  /// Two projects whose clusters have a past, and a third whose clusters are found out. `more`:
  /// further top-level keys.
  static std::string scenario(const std::string& more = "time_factor: 0\n");

  /// The configuration of a daemon that looks at all of it, ten times a second, and sends events to
  /// the receiver as "pager", signed with the secret.
  Stage::DaemonSettings settings(const WebhookReceiver& receiver, const std::string& secret) const;
  static constexpr int kTargets = 9;

  explicit RestlessJobs(Stage& stage) : stage_(stage) {}

  /// Whether the daemon has seen each target whole that was there from the beginning.
  bool all_seen() const;
  /// What is there now is history. Before the first hour.
  void end_of_history();

  /// Adds some jobs, which `draw` chooses, and moves the time on by an hour.
  void let_an_hour_pass(std::mt19937& draw);

  /// Moves the time on by so little that nothing begins or ends.
  void let_pass(std::chrono::seconds time);

  /// Makes a cluster in the third project, with jobs to come, or removes one of those.
  void make_cluster(std::mt19937& draw);
  void remove_cluster(std::mt19937& draw);

  std::vector<TrueJob> truth() const;
  const std::set<std::string>& baseline() const { return baseline_; }

 private:
  Stage& stage_;
  std::set<std::string> baseline_;
  std::vector<std::string> clusters_;  // made and not removed
  int made_ = 0;
};

}  // namespace restorewatch
