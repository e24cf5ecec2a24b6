#include "app/status_line.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

std::shared_ptr<const TargetView> view(Sight sight, std::optional<WallTime> seen,
                                       bool polled = true) {
  TargetView target;
  target.sight = sight;
  target.last_success_at = seen;
  target.polled = polled;
  return std::make_shared<const TargetView>(std::move(target));
}

const WallTime kEarlier = *parse_time("2026-08-10T09:41:00Z");
const WallTime kLast = *parse_time("2026-08-10T09:42:00.250Z");

TEST(StatusLineTest, BeforeAnythingIsKnownThereIsNothingToWatch) {
  EXPECT_EQ(status_line(nullptr, {}), "nothing to watch yet");
  const Snapshot empty;
  EXPECT_EQ(status_line(&empty, {}), "nothing to watch yet");
}

TEST(StatusLineTest, SaysHowManyAreWatchedHowManyBlindAndWhenOneWasSeenLast) {
  Snapshot snapshot;
  snapshot.targets = {view(Sight::Visible, kEarlier), view(Sight::Visible, kLast),
                      view(Sight::Blind, std::nullopt)};
  EXPECT_EQ(status_line(&snapshot, {}),
            "watching 3 targets, 1 blind; last look at 2026-08-10T09:42:00Z");
}

TEST(StatusLineTest, WhatIsNotWatchedAnyMoreDoesNotCount) {
  Snapshot snapshot;
  snapshot.targets = {view(Sight::Visible, kEarlier), view(Sight::Blind, kLast, /*polled=*/false)};
  EXPECT_EQ(status_line(&snapshot, {}), "watching 1 target; last look at 2026-08-10T09:41:00Z");
}

TEST(StatusLineTest, NeverSeenIsSaid) {
  Snapshot snapshot;
  snapshot.targets = {view(Sight::Undecided, std::nullopt)};
  EXPECT_EQ(status_line(&snapshot, {}), "watching 1 target; none of them seen yet");
}

TEST(StatusLineTest, TheWorstTroubleIsAdded) {
  const Snapshot empty;
  EXPECT_EQ(status_line(&empty, {"The store cannot be written.", "Atlas cannot be reached."}),
            "nothing to watch yet; The store cannot be written.");
}

}  // namespace
}  // namespace restorewatch
