#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "fakes/fake_clock.h"
#include "fakes/fake_job_source.h"
#include "fakes/fake_loop.h"
#include "fakes/memory_store.h"
#include "fakes/no_limits.h"
#include "jobs/job_builders.h"
#include "metrics/self_families.h"
#include "poller/call_gate.h"
#include "poller/poller.h"

namespace restorewatch {

using namespace testing_jobs;

/// The inventory in which exactly these targets are looked at. Targets of one cluster are given one
/// after the other.
inline Inventory inventory_of(const std::vector<Target>& targets) {
  Inventory inventory;
  inventory.settled = true;
  for (const Target& target : targets) {
    auto project = std::ranges::find_if(inventory.projects, [&](const InventoryProject& known) {
      return known.project.id == target.key.project_id;
    });
    if (project == inventory.projects.end()) {
      inventory.projects.emplace_back();
      project = inventory.projects.end() - 1;
      project->project = {target.key.project_id, target.project_name, {}};
      project->credentials = target.credentials;
      project->known_since = target.project_known_since;
    }
    auto& clusters = project->clusters;
    if (clusters.empty() || clusters.back().cluster.name != target.key.cluster_name ||
        clusters.back().cluster.id != target.key.cluster_id) {
      clusters.emplace_back();
      clusters.back().cluster.name = target.key.cluster_name;
      clusters.back().cluster.id = target.key.cluster_id;
      clusters.back().cluster.api = target.api;
      clusters.back().cluster.deleted = target.cluster_deleted;
      clusters.back().cluster.created_at = target.cluster_created_at;
    }
    clusters.back().sources.push_back({target.key.source, target.cluster_created_at.has_value()});
  }
  std::ranges::sort(inventory.projects, {}, [](const auto& known) { return known.project.id; });
  return inventory;
}

/// A poller with everything around it faked, an interval of a minute and two targets.
class PollerTest : public testing::Test {
 protected:
  PollerTest() {
    options_.interval = minutes(1);
    options_.active_interval = minutes(1);
  }

  /// A daemon started on what the store holds. May be called again, as after a restart.
  void start(std::vector<Target> targets = {}) {
    if (targets.empty()) targets = {first_, second_};
    start_with(inventory_of(targets));
  }

  void start_with(Inventory inventory) {
    loop_.forget();
    poller_.reset();
    gate_ = std::make_unique<CallGate>(budget_options_, CallGate::Deps{clock_, telemetry_, Log()});
    source_.draw_from(*gate_);
    poller_ = std::make_unique<Poller>(
        options_, Poller::Deps{loop_, clock_, source_, store_, gate_->budget(), telemetry_, Log(),
                               [this](auto snapshot) {
                                 ++published_;
                                 snapshot_ = std::move(snapshot);
                               },
                               [this](const Sweep::Round&) { ++sweeps_; },
                               [this](const ProjectId& id) { not_found_.push_back(id); }});
    ASSERT_TRUE(poller_->load().ok());
    poller_->start();
    watch(std::move(inventory));
  }

  void watch(Inventory inventory) {
    poller_->watch(std::make_shared<const Inventory>(std::move(inventory)));
  }

  void pass(std::chrono::nanoseconds time) { loop_.run_for(time); }

  const TargetView& view(std::size_t index = 0) const { return *snapshot_->targets.at(index); }

  std::vector<std::string> journal() {
    std::vector<std::string> events;
    for (const JournalEntry& entry : *store_.read_after(0, 1000)) {
      events.push_back(event_id(*entry.transition()));
    }
    return events;
  }

  double metric(const std::string& name, const std::string& labels = "") const {
    for (const Family& family : self_families(telemetry_)) {
      for (const Series& series : family.series) {
        if (family.name == name && series.labels == labels) return series.value;
      }
    }
    return -1;
  }

  double errors(const std::string& reason) const {
    return metric("restorewatch_poll_errors_total",
                  "project_id=\"" + to_string(project()) + "\",reason=\"" + reason + "\"");
  }

  Target first_{target_key(), "prod", {"main"}};
  Target second_{{project('b'), "other", Source::Dedicated}, "other", {"main"}};
  PollerOptions options_;
  RateBudget::Options budget_options_ = no_limits();
  ManualClock clock_{noon() - hours(2)};  // the jobs of the tests are requested later
  FakeLoop loop_{clock_};
  FakeJobSource source_{loop_};
  MemoryStore store_;
  Telemetry telemetry_;
  std::unique_ptr<CallGate> gate_;
  std::unique_ptr<Poller> poller_;
  std::shared_ptr<const Snapshot> snapshot_;
  int published_ = 0;
  int sweeps_ = 0;
  std::vector<ProjectId> not_found_;
};

}  // namespace restorewatch
