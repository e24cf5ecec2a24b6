#include "poller/population_log.h"

#include <utility>

namespace restorewatch {
namespace {

/// Blindness is a matter of minutes, and snapshots come every second.
constexpr std::chrono::seconds kCompareEvery{10};

}  // namespace

Status PopulationLog::load() {
  const auto members = deps_.store.load_population();
  if (!members) return members.error();
  recorded_ = Population(*members);
  return Success{};
}

void PopulationLog::update(const Snapshot& snapshot) {
  if (under_way_ || !snapshot.inventory || !snapshot.inventory->settled) return;
  const SteadyTime now = deps_.clock.steady_now();
  const bool same_inventory = snapshot.inventory == compared_inventory_;
  if (same_inventory && compared_at_ && now - *compared_at_ < kCompareEvery) return;
  compared_inventory_ = snapshot.inventory;
  compared_at_ = now;
  std::vector<Note> news = recorded_.news(snapshot.targets, deps_.clock.wall_now());
  if (!news.empty()) record(std::move(news));
}

void PopulationLog::record(std::vector<Note> news) {
  under_way_ = true;
  deps_.store.record(news, [this, news](CommitStatus status) {
    deps_.loop.post([this, news, status] {
      under_way_ = false;
      if (status != CommitStatus::Committed) return;  // the next comparison finds the same
      for (const Note& note : news) recorded_.apply(note);
    });
  });
}

}  // namespace restorewatch
