#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/telemetry.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_loop.h"
#include "fakes/no_limits.h"
#include "jobs/job_builders.h"
#include "poller/poller.h"
#include "signals/fallible_store.h"
#include "signals/history.h"
#include "signals/reference_model.h"
#include "signals/scripted_atlas.h"
#include "store/every_store.h"

namespace restorewatch::testing_signals {

/// Plays one history: to the real poller, rules and store, and to the model beside them.
class Player {
 public:
  /// The store of the maker must be empty.
  Player(const History& history, StoreMaker& maker);

  /// The first difference between the daemon and the model, in words; absent: there is none.
  std::optional<std::string> play();

 private:
  void take(const Step& step);
  void look(const Step& step);
  void start();
  void end(bool in_good_order);
  void watch();
  void cut();
  void set_clock(int minutes);

  /// Of what has come about since the last call.
  std::optional<std::string> difference();
  std::optional<std::string> question_difference(const Sight& sight) const;
  std::vector<std::string> new_events(Source source) const;
  std::optional<std::string> state_difference(Source source);
  std::optional<std::string> totals_difference();
  std::string told_by_model(Source source) const;
  static std::string told_by_store(const TargetRecord& record);
  Target target(Source source) const;

  const History& history_;
  StoreMaker& maker_;
  Settings settings_;
  ReferenceModel model_;
  ManualClock clock_{testing_jobs::noon()};
  FakeLoop loop_{clock_};
  ScriptedAtlas atlas_{clock_, loop_};
  FallibleStore store_{maker_};
  std::unique_ptr<Telemetry> telemetry_;
  RateBudget budget_{no_limits()};
  std::unique_ptr<Poller> poller_;
  std::set<Source> off_;
  std::vector<JournalEntry> fresh_;  // since the last step
  std::uint64_t last_seq_ = 0;
};

}  // namespace restorewatch::testing_signals
