#pragma once

#include <functional>
#include <future>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "jobs/job_store.h"
#include "jobs/population_store.h"

namespace restorewatch::testing_fleet {

/// A store that shows what it commits. Each commit is over when commit() returns, whatever thread
/// the store behind it has: virtual time stands still meanwhile.
class WitnessStore final : public JobStore, public PopulationStore {
 public:
  using Witness = std::function<void(std::span<const Transition>)>;

  /// Both must outlive this.
  WitnessStore(JobStore& store, PopulationStore& notes, Witness witness)
      : store_(store), notes_(notes), witness_(std::move(witness)) {}

  Result<TargetRecord> load(const TargetKey& target) override { return store_.load(target); }
  Result<FleetTotals> load_totals() override { return store_.load_totals(); }
  Result<std::vector<TargetKey>> known_targets() override { return store_.known_targets(); }
  Result<std::optional<WallTime>> forgotten_before() override { return store_.forgotten_before(); }
  /// Forgotten, as a crash may do: finding 20,000 targets by name every few seconds is what a store
  /// costs, and not what is measured here.
  void checkpoint(std::vector<LookedAt> /*looks*/) override {}

  Result<std::vector<PopulationMember>> load_population() override {
    return notes_.load_population();
  }

  void commit(PollResult result, CommitDone done) override {
    const std::vector<Transition> transitions = result.transitions;
    const CommitStatus status =
        answer_of([&](CommitDone told) { store_.commit(std::move(result), std::move(told)); });
    if (status == CommitStatus::Committed) witness_(transitions);
    done(status);
  }

  void forget(WallTime horizon, WallTime at, CommitDone done) override {
    done(answer_of([&](CommitDone told) { store_.forget(horizon, at, std::move(told)); }));
  }

  void record(std::vector<Note> notes, CommitDone done) override {
    done(answer_of([&](CommitDone told) { notes_.record(std::move(notes), std::move(told)); }));
  }

 private:
  template <typename Ask>
  static CommitStatus answer_of(Ask ask) {
    std::promise<CommitStatus> told;
    ask([&](CommitStatus status) { told.set_value(status); });
    return told.get_future().get();
  }

  JobStore& store_;
  PopulationStore& notes_;
  Witness witness_;
};

}  // namespace restorewatch::testing_fleet
