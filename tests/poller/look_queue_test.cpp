#include "poller/look_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace restorewatch {
namespace {

using Line = LookQueue::Line;
using std::chrono::seconds;

const SteadyTime kStart{std::chrono::hours(1)};

TEST(LookQueueTest, GivesWhoHasWaitedForLongest) {
  LookQueue queue;
  queue.add(Line::Idle, kStart + seconds(2), 1);
  queue.add(Line::Idle, kStart + seconds(1), 2);
  EXPECT_EQ(queue.first_due(), kStart + seconds(1));
  EXPECT_EQ(queue.take(kStart + seconds(5)), 2U);
  EXPECT_EQ(queue.take(kStart + seconds(5)), 1U);
  EXPECT_EQ(queue.take(kStart + seconds(5)), std::nullopt);
  EXPECT_EQ(queue.first_due(), std::nullopt);
}

TEST(LookQueueTest, GivesNobodyBeforeTheTurn) {
  LookQueue queue;
  queue.add(Line::Active, kStart + seconds(2), 1);
  EXPECT_EQ(queue.take(kStart + seconds(1)), std::nullopt);
  queue.remove(Line::Active, kStart + seconds(2), 1);
  EXPECT_EQ(queue.take(kStart + seconds(3)), std::nullopt);
}

TEST(LookQueueTest, ActiveTargetsComeFirstHoweverLongIdleOnesWait) {
  LookQueue queue;
  queue.add(Line::Idle, kStart, 1);
  queue.add(Line::Active, kStart + seconds(100), 2);
  EXPECT_EQ(queue.take(kStart + seconds(100)), 2U);
}

TEST(LookQueueTest, AnIdleTargetThatIsDueGetsOneLookInFour) {
  LookQueue queue;
  for (std::size_t i = 0; i < 8; ++i) queue.add(Line::Active, kStart, i);
  for (std::size_t i = 8; i < 10; ++i) queue.add(Line::Idle, kStart, i);
  std::string order;
  while (const auto target = queue.take(kStart)) order += *target < 8 ? 'a' : 'i';
  EXPECT_EQ(order, "aaaiaaaiaa");
}

TEST(LookQueueTest, LooksMadeWhileNobodyElseWasDueAreHeldAgainstNobody) {
  LookQueue queue;
  for (std::size_t i = 0; i < 10; ++i) queue.add(Line::Active, kStart, i);
  for (int i = 0; i < 5; ++i) queue.take(kStart);
  queue.add(Line::Idle, kStart, 10);
  std::string order;
  while (const auto target = queue.take(kStart)) order += *target < 10 ? 'a' : 'i';
  EXPECT_EQ(order, "aaaiaa");
}

}  // namespace
}  // namespace restorewatch
