#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/detection_ledger.h"
#include "bench/fleet_world.h"
#include "bench/look_gaps.h"
#include "bench/simulated_fleet.h"
#include "bench/virtual_loop.h"
#include "poller/poller.h"

namespace restorewatch::testing_fleet {

struct FleetRunOptions {
  FleetShape shape;
  SimulatedFleet::Options atlas;
  PollerOptions poller = default_poller();
  double share = 0.5;  // of Atlas's limits: poll.rate_budget
  /// Until every target has been looked at once, nothing happens: it would be no news.
  std::chrono::minutes quiet{12};
  bool on_disk = false;  // the real store, in the folder for temporary files

  static PollerOptions default_poller();
};

/// A fleet, the parts of the daemon that watch it, and virtual time for both.
class FleetRun {
 public:
  explicit FleetRun(const FleetRunOptions& options);
  ~FleetRun();

  /// Starts the daemon and lets the quiet time pass. Nothing of that is counted.
  void begin();
  void pass(std::chrono::nanoseconds time) { loop_.run_for(time); }
  /// Stops the daemon, and starts it again on what its store holds.
  void restart(std::chrono::seconds pause);

  const FleetRunOptions& options() const { return options_; }
  const VirtualClock& clock() const { return clock_; }
  FleetWorld& world() { return world_; }
  SimulatedFleet& fleet() { return fleet_; }
  DetectionLedger& ledger() { return ledger_; }
  LookGaps& gaps() { return gaps_; }
  const Snapshot& snapshot() const { return *snapshot_; }

  /// A metric of the daemon's own: the sum of its series; 0 where there is none.
  double metric(const std::string& name) const;

 private:
  struct Storage;
  struct Daemon;

  void start();

  FleetRunOptions options_;
  VirtualClock clock_;
  VirtualLoop loop_{clock_};
  DetectionLedger ledger_;
  FleetWorld world_;
  LookGaps gaps_;
  SimulatedFleet fleet_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::unique_ptr<Storage> storage_;
  std::unique_ptr<Daemon> daemon_;
};

}  // namespace restorewatch::testing_fleet
