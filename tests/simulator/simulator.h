#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "simulator/request_counts.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

struct SimulatorOptions {
  std::string host = "127.0.0.1";
  int port = 0;                          // 0: any free one
  std::string tls_cert{}, tls_key{};     // PEM files; empty: no TLS
  std::function<VirtualTime()> clock{};  // empty: the scenario's start and time factor
  std::function<void()> on_quit{};       // called for POST /_sim/quit; must return at once
};

/// A simulated Atlas that listens. All methods are thread-safe but start() and stop().
class Simulator {
 public:
  /// Throws ScenarioError if an event of the scenario cannot happen.
  explicit Simulator(const Scenario& scenario, SimulatorOptions options = {});
  ~Simulator();

  /// Listens when it returns. Throws std::runtime_error if it cannot.
  void start();

  /// Ends every connection; does nothing if it does not run. A simulator is started once.
  void stop();

  int port() const;
  std::string base_url() const;  // scheme, host and port

  /// Adds a fault as of now; its offsets count from now.
  void add_fault(const Fault& fault);
  void clear_faults();

  /// The new jobs' ids; nothing if there is no such cluster. Throws ActionRefused for a job that
  /// the cluster cannot have.
  std::vector<std::string> add_job(const AddedJob& added);

  /// Does to a cluster or project what `action` says, as of now. Throws ActionRefused.
  void act(const Action& action);

  /// From now on another client takes tokens. Throws ActionRefused where there is no such project.
  void drain(const Drain& drain);

  void advance(Millis step);
  std::string truth_json() const;
  RequestCounts requests() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace atlas_simulator
