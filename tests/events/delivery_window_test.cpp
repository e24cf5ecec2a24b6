#include "events/delivery_window.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "events/event_samples.h"
#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

using namespace testing_events;
using Numbers = std::vector<std::uint64_t>;

class DeliveryWindowTest : public testing::Test {
 protected:
  SteadyTime now() const { return clock_.steady_now(); }

  /// Everything that may be sent now.
  Numbers take_all() {
    Numbers taken;
    while (const JournalEntry* const entry = window_.take(now())) taken.push_back(entry->seq);
    return taken;
  }

  ManualClock clock_;
  DeliveryWindow window_{0};
};

TEST_F(DeliveryWindowTest, JobsGoTogetherAndEventsOfAJobInTurn) {
  window_.add({step(1, 1), step(2, 2), step(3, 1), step(4, 3), step(5, 1)});
  EXPECT_EQ(take_all(), (Numbers{1, 2, 4}));
  window_.done(2);
  EXPECT_EQ(take_all(), Numbers{});
  window_.done(1);
  EXPECT_EQ(take_all(), (Numbers{3}));
  window_.done(3);
  EXPECT_EQ(take_all(), (Numbers{5}));
}

TEST_F(DeliveryWindowTest, TheSameJobIdInAnotherProjectIsAnotherJob) {
  JournalEntry elsewhere = step(2, 1);
  std::get<Transition>(elsewhere.what).target.project_id = project('b');
  window_.add({step(1, 1), elsewhere});
  EXPECT_EQ(take_all(), (Numbers{1, 2}));
}

TEST_F(DeliveryWindowTest, HeadsAreInOrderAmongThemselves) {
  window_.add({head(1), step(2, 1), head(3)});
  EXPECT_EQ(take_all(), (Numbers{1, 2}));
  window_.done(1);
  EXPECT_EQ(take_all(), (Numbers{3}));
}

TEST_F(DeliveryWindowTest, TheCursorStandsBeforeTheFirstThatIsNotDone) {
  window_.add({step(1, 1), step(2, 2), step(3, 3)});
  take_all();
  window_.done(3);
  EXPECT_EQ(window_.cursor(), 0U);
  window_.done(1);
  EXPECT_EQ(window_.cursor(), 1U);
  window_.done(2);
  EXPECT_EQ(window_.cursor(), 3U);
}

TEST_F(DeliveryWindowTest, NotesArePassedOver) {
  window_.add({note(1), step(2, 1), note(3)});
  EXPECT_EQ(window_.cursor(), 1U);
  EXPECT_EQ(take_all(), (Numbers{2}));
  window_.done(2);
  EXPECT_EQ(window_.cursor(), 3U);
  window_.add({note(4), note(5)});
  EXPECT_EQ(window_.cursor(), 5U);
  EXPECT_EQ(window_.room(), DeliveryWindow::kSize);
}

TEST_F(DeliveryWindowTest, SendsAFewAtATime) {
  for (int i = 1; i <= 20; ++i) window_.add({step(static_cast<std::uint64_t>(i), i)});
  EXPECT_EQ(take_all().size(), DeliveryWindow::kMaxInFlight);
  EXPECT_EQ(window_.in_flight(), DeliveryWindow::kMaxInFlight);
  window_.done(5);
  EXPECT_EQ(take_all(), (Numbers{9}));
}

TEST_F(DeliveryWindowTest, WhatWasPutBackIsSentAgainAtOnceAndInItsOrder) {
  window_.add({step(1, 1), step(2, 1), step(3, 2)});
  take_all();
  window_.put_back(1);
  EXPECT_EQ(window_.in_flight(), 1U);
  EXPECT_EQ(window_.refusals(1), 0U);
  EXPECT_EQ(take_all(), (Numbers{1}));
}

TEST_F(DeliveryWindowTest, ARefusedEventWaitsAndHoldsUpItsJobOnly) {
  window_.add({step(1, 1), step(2, 1), step(3, 2)});
  ASSERT_EQ(take_all(), (Numbers{1, 3}));
  EXPECT_FALSE(window_.next_retry());
  window_.refused(1, now() + seconds(5));
  EXPECT_EQ(window_.next_retry(), now() + seconds(5));
  EXPECT_EQ(take_all(), Numbers{});
  clock_.advance(seconds(5));
  EXPECT_EQ(take_all(), (Numbers{1}));
  EXPECT_FALSE(window_.next_retry());
}

TEST_F(DeliveryWindowTest, RefusalsAddUpUntilItIsDoneAndItsJobGoesOn) {
  window_.add({step(1, 1), step(2, 1)});
  for (std::size_t i = 0; i < 5; ++i) {
    ASSERT_EQ(take_all(), (Numbers{1}));
    EXPECT_EQ(window_.refusals(1), i);
    window_.refused(1, now());
    EXPECT_EQ(window_.cursor(), 0U);
  }
  ASSERT_EQ(take_all(), (Numbers{1}));
  EXPECT_EQ(window_.entry(1).seq, 1U);
  window_.done(1);
  EXPECT_EQ(window_.cursor(), 1U);
  EXPECT_EQ(take_all(), (Numbers{2}));
}

TEST_F(DeliveryWindowTest, DoneEntriesTakeUpRoomUntilTheCursorPassesThem) {
  window_.add({step(1, 1), step(2, 2), step(3, 3)});
  take_all();
  window_.done(2);
  EXPECT_EQ(window_.room(), DeliveryWindow::kSize - 3);
  window_.done(1);
  EXPECT_EQ(window_.room(), DeliveryWindow::kSize - 1);
}

TEST_F(DeliveryWindowTest, GapsInTheNumbersChangeNothing) {
  DeliveryWindow window(10);
  EXPECT_EQ(window.cursor(), 10U);
  window.add({step(100, 1), step(200, 2)});
  EXPECT_EQ(window.cursor(), 99U);
  ASSERT_EQ(window.take(now())->seq, 100U);
  window.done(100);
  EXPECT_EQ(window.cursor(), 199U);
}

/// The same decisions, made the long way: everything is kept, nothing is clever.
class Model {
 public:
  struct Event {
    std::uint64_t seq = 0;
    int job = 0;
    bool in_flight = false;
    bool done = false;
    std::size_t refusals = 0;
    SteadyTime not_before = SteadyTime::min();
  };

  void add(std::uint64_t seq, std::optional<int> job) {
    last_ = seq;
    if (job) events_.push_back({seq, *job});
  }

  /// The number of the one to send; 0: none.
  std::uint64_t take(SteadyTime now) {
    if (in_flight().size() >= DeliveryWindow::kMaxInFlight) return 0;
    for (Event& event : events_) {
      const auto is_earlier = [&](const Event& other) {
        return other.job == event.job && other.seq < event.seq && !other.done;
      };
      if (event.done || event.in_flight || event.not_before > now) continue;
      if (std::ranges::any_of(events_, is_earlier)) continue;
      event.in_flight = true;
      return event.seq;
    }
    return 0;
  }

  Event& at(std::uint64_t seq) { return *std::ranges::find(events_, seq, &Event::seq); }

  Numbers in_flight() const {
    Numbers numbers;
    for (const Event& event : events_) {
      if (event.in_flight) numbers.push_back(event.seq);
    }
    return numbers;
  }

  std::uint64_t cursor() const {
    const auto open = std::ranges::find(events_, false, &Event::done);
    return open == events_.end() ? last_ : open->seq - 1;
  }

 private:
  std::vector<Event> events_;
  std::uint64_t last_ = 0;
};

class DeliveryWindowRandomTest : public testing::TestWithParam<unsigned> {
 protected:
  int draw(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

  void add_one() {
    if (window_.room() == 0) return;
    seq_ += draw(10) == 0 ? 5U : 1U;
    const int kind = draw(10);
    if (kind == 0) {
      window_.add({note(seq_)});
      return model_.add(seq_, std::nullopt);
    }
    const int job = kind == 1 ? 0 : 1 + draw(6);  // 0: heads
    window_.add({job == 0 ? head(seq_) : step(seq_, job)});
    model_.add(seq_, job);
  }

  void take_one() {
    const JournalEntry* const entry = window_.take(clock_.steady_now());
    ASSERT_EQ(entry == nullptr ? 0 : entry->seq, model_.take(clock_.steady_now()));
  }

  void land_one() {
    const Numbers flying = model_.in_flight();
    if (flying.empty()) return;
    const std::uint64_t seq =
        flying[static_cast<std::size_t>(draw(static_cast<int>(flying.size())))];
    Model::Event& event = model_.at(seq);
    event.in_flight = false;
    switch (draw(4)) {
      case 0:
        window_.put_back(seq);
        break;
      case 1:
        event.not_before = clock_.steady_now() + seconds(draw(10));
        window_.refused(seq, event.not_before);
        ASSERT_EQ(window_.refusals(seq), ++event.refusals);
        break;
      default:
        event.done = true;
        window_.done(seq);
    }
  }

  void one_step() {
    switch (draw(8)) {
      case 0:
      case 1:
        return add_one();
      case 2:
        return clock_.advance(seconds(1));
      case 3:
      case 4:
        return land_one();
      default:
        return take_one();
    }
  }

  std::mt19937 random_{GetParam()};
  ManualClock clock_;
  DeliveryWindow window_{0};
  Model model_;
  std::uint64_t seq_ = 0;
};

TEST_P(DeliveryWindowRandomTest, DecidesAsTheModelDoesAndGetsEverythingDone) {
  for (int i = 0; i < 2000; ++i) {
    ASSERT_NO_FATAL_FAILURE(one_step()) << "step " << i;
    ASSERT_EQ(window_.cursor(), model_.cursor()) << "step " << i;
    ASSERT_EQ(window_.in_flight(), model_.in_flight().size()) << "step " << i;
  }
  ASSERT_GT(window_.cursor(), 50U);  // it did not just stand there
  for (int i = 0; i < 20'000 && window_.cursor() < seq_; ++i) {
    clock_.advance(seconds(1));
    ASSERT_NO_FATAL_FAILURE(take_one());
    ASSERT_NO_FATAL_FAILURE(land_one());
  }
  EXPECT_EQ(window_.cursor(), seq_);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DeliveryWindowRandomTest, testing::Range(1U, 9U));

}  // namespace
}  // namespace restorewatch
