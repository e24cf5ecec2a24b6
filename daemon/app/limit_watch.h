#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "atlas/limit_reader.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "jobs/call_budget.h"
#include "jobs/inventory.h"

namespace restorewatch {

/// Asks Atlas what rate limits each watched project has, when it is first known and once a day
/// again (an hour after a failure), one project at a time, and tells the budget. On the loop's
/// thread only.
class LimitWatch {
 public:
  using Ask = std::function<void(const ProjectId&, const std::vector<std::string>& credentials,
                                 LimitsDone done)>;

  /// All must outlive the watch, and the watch the loop's work.
  struct Deps {
    Loop& loop;
    const Clock& clock;
    CallBudget& budget;
    Log log;
    Ask ask;
  };

  LimitWatch(bool enabled, Deps deps) : deps_(std::move(deps)), enabled_(enabled) {}

  /// These are the projects from now on.
  void watch(std::shared_ptr<const Inventory> inventory);

  /// Whether anything is asked from now on. What was told stays in force.
  void set_enabled(bool enabled);

  void stop() { stopping_ = true; }

 private:
  struct Known {
    SteadyTime due;
    std::vector<std::string> credentials;
    bool has_failed = false;  // and that was said
  };

  void take_projects();
  void ask_next();
  void wake_at(SteadyTime when);
  void set_due(const ProjectId& id, Known& known, std::chrono::hours from_now);
  void ask(const ProjectId& id, Known& known);
  void answered(const ProjectId& id, const Result<std::vector<SetLimit>>& limits);

  Deps deps_;
  bool enabled_;
  bool stopping_ = false;
  bool asking_ = false;
  std::shared_ptr<const Inventory> inventory_;
  std::map<ProjectId, Known> projects_;
  std::set<std::pair<SteadyTime, ProjectId>> queue_;  // of projects_, by when they are due
  std::optional<SteadyTime> wakes_at_;                // the next timer
};

}  // namespace restorewatch
