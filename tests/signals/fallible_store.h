#pragma once

#include <utility>
#include <vector>

#include "store/commit_answer.h"
#include "store/every_store.h"

namespace restorewatch::testing_signals {

/// A store that answers at once, that cannot write, or whose answers come too late.
class FallibleStore final : public JobStore {
 public:
  enum class Commits { Written, Refused, NeverAnswered };

  explicit FallibleStore(StoreMaker& maker) : maker_(maker) {}

  void set(Commits commits) { commits_ = commits; }
  bool refuses() const { return commits_ == Commits::Refused; }

  Result<TargetRecord> load(const TargetKey& target) override { return jobs().load(target); }
  Result<FleetTotals> load_totals() override { return jobs().load_totals(); }
  Result<std::vector<TargetKey>> known_targets() override { return jobs().known_targets(); }
  void checkpoint(std::vector<LookedAt> looks) override { jobs().checkpoint(std::move(looks)); }

  void commit(PollResult result, CommitDone done) override {
    if (commits_ == Commits::Refused) return done(CommitStatus::Failed);
    const CommitStatus status = commit_and_wait(jobs(), std::move(result));
    if (commits_ == Commits::Written) done(status);
  }

  void forget(WallTime horizon, WallTime at, CommitDone done) override {
    jobs().forget(horizon, at, std::move(done));
  }

  Result<std::optional<WallTime>> forgotten_before() override { return jobs().forgotten_before(); }

 private:
  JobStore& jobs() { return maker_.jobs(); }

  StoreMaker& maker_;
  Commits commits_ = Commits::Written;
};

}  // namespace restorewatch::testing_signals
