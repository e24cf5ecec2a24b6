#include "events/webhook_sink.h"

#include "events/cloud_event.h"
#include "events/webhook_fixture.h"

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class WebhookSinkTest : public WebhookFixture {};

TEST_F(WebhookSinkTest, PostsASignedCloudEvent) {
  start();
  commit(1);
  loop_.run();
  ASSERT_EQ(sent(), 1U);
  const HttpRequest& request = last();
  EXPECT_EQ(request.method, HttpMethod::Post);
  EXPECT_EQ(request.url, options().url.reveal());
  EXPECT_EQ(request.timeout, seconds(10));
  EXPECT_EQ(request.body, cloud_event(store_.read_after(0, 1)->front()));
  const std::vector<Secret> secrets{Secret("first")};
  const std::vector<std::pair<std::string, std::string>> headers{
      {"Content-Type", "application/cloudevents+json; charset=utf-8"},
      {"Restorewatch-Signature", signature(clock_.wall_now(), request.body, secrets)}};
  EXPECT_EQ(request.headers, headers);
  EXPECT_EQ(cursor(), 1U);
  EXPECT_EQ(value("delivered_total"), 1);
  EXPECT_EQ(value("pending"), 0);
}

TEST_F(WebhookSinkTest, ANewReceiverIsNotSentThePast) {
  commit(1);
  start();
  commit(2);
  loop_.run();
  ASSERT_EQ(sent(), 1U);
  EXPECT_NE(last().body.find("\"seq\":2}"), std::string::npos) << last().body;
}

TEST_F(WebhookSinkTest, WhatWasCommittedBeforeTheLoopRanIsSent) {
  webhooks_.apply({options()});
  commit(1);
  loop_.run();
  EXPECT_EQ(sent(), 1U);
}

TEST_F(WebhookSinkTest, TheCursorStaysBehindWhatIsNotAnswered) {
  start();
  transport_.hold();
  commit(1);
  commit(2);
  loop_.run();
  EXPECT_EQ(sent(), 2U);
  EXPECT_EQ(cursor(), 0U);
  EXPECT_EQ(value("pending"), 2);
  transport_.release();
  loop_.run();
  EXPECT_EQ(cursor(), 2U);
  EXPECT_EQ(value("pending"), 0);
}

TEST_F(WebhookSinkTest, EventsOfOneJobGoOneByOne) {
  start();
  transport_.hold();
  commit(1, JobState::InProgress);
  commit(1, JobState::Failed);
  loop_.run();
  EXPECT_EQ(sent(), 1U);
  transport_.release();
  loop_.run();
  EXPECT_EQ(sent(), 2U);
  EXPECT_NE(last().body.find("\"to\":\"failed\""), std::string::npos);
}

TEST_F(WebhookSinkTest, AReceiverThatIsDownIsAskedByOneAtATimeAndThenGetsEverything) {
  start();
  answer_nothing();
  for (int i = 1; i <= 3; ++i) commit(i);
  loop_.run();
  EXPECT_EQ(sent(), 3U);  // a volley, before it was known
  loop_.run_for(milliseconds(499));
  EXPECT_EQ(sent(), 3U);
  loop_.run_for(milliseconds(1));
  EXPECT_EQ(sent(), 4U);
  EXPECT_EQ(value("pending"), 3);
  EXPECT_EQ(value("delivered_total"), 0);
  answer_with(200);
  loop_.run_for(seconds(1));
  EXPECT_EQ(sent(), 7U);
  EXPECT_EQ(cursor(), 3U);
}

TEST_F(WebhookSinkTest, NewEventsAreNoReasonToAskAReceiverThatIsDownSooner) {
  start();
  answer_with(503, {{"retry-after", "60"}});
  commit(1);
  loop_.run();
  for (int i = 2; i < 30; ++i) {
    commit(i);
    loop_.run_for(seconds(1));
  }
  EXPECT_EQ(sent(), 1U);
  EXPECT_EQ(value("pending"), 29);
  loop_.run_for(seconds(32));
  EXPECT_EQ(sent(), 2U);
}

TEST_F(WebhookSinkTest, DaysOfSilenceCostFewRequestsAndNothingIsLost) {
  start();
  answer_nothing();
  for (int i = 0; i < 600; ++i) {
    commit(i % 200, i % 400 < 200 ? JobState::InProgress : JobState::Failed);
  }
  loop_.run_for(hours(72));
  EXPECT_LT(sent(), 2500U);  // at most every 150 s, as the draws are
  EXPECT_EQ(value("pending"), 600);
  EXPECT_LE(loop_.timers(), 2U);
  commit(201);
  loop_.run();
  EXPECT_EQ(value("pending"), 601);  // though there is no room to read it
  answer_with(204);
  loop_.run_for(hours(1));
  EXPECT_EQ(cursor(), 601U);
  EXPECT_EQ(value("delivered_total"), 601);
}

TEST_F(WebhookSinkTest, ARefusedEventIsTriedSixTimesThenParkedAndItsJobGoesOn) {
  const SteadyTime began = clock_.steady_now();
  std::vector<seconds> tries;
  transport_.set_script([&](const HttpRequest& request) -> Result<HttpResponse> {
    const bool bad = request.body.find("\"to\":\"in_progress\"") != std::string::npos;
    if (bad) tries.push_back(std::chrono::floor<seconds>(clock_.steady_now() - began));
    return HttpResponse{bad ? 400 : 204, {}, "SECRETBODY", {}};
  });
  start();
  commit(1, JobState::InProgress);
  commit(1, JobState::Failed);
  commit(2, JobState::Failed);
  loop_.run_for(seconds(2649));
  EXPECT_EQ(sent(), 5U + 1U);  // of the other job all, of this one what is refused
  EXPECT_EQ(cursor(), 0U);
  EXPECT_EQ(value("parked_total"), 0);
  EXPECT_EQ(value("delivered_total"), 1);
  loop_.run_for(seconds(1));
  const std::vector<seconds> spread{seconds(0),   seconds(10),  seconds(50),
                                    seconds(210), seconds(850), seconds(2650)};
  EXPECT_EQ(tries, spread);
  EXPECT_EQ(cursor(), 3U);
  EXPECT_EQ(value("parked_total"), 1);
  EXPECT_EQ(value("delivered_total"), 2);
  const std::map<std::pair<std::string, std::uint64_t>, std::string> parked{
      {{"hook", 1}, "HTTP 400"}};
  EXPECT_EQ(store_.parked(), parked);
}

TEST_F(WebhookSinkTest, AReceiverThatRefusesEverythingForTwentyMinutesLosesNothing) {
  draw_ = 0;  // the shortest pauses there are
  start();
  answer_with(401);
  for (int i = 0; i < 300; ++i) {
    commit(i % 200, i < 200 ? JobState::InProgress : JobState::Failed);
  }
  loop_.run_for(minutes(20));
  EXPECT_EQ(sent(), 5U * 200U);  // of each job one
  EXPECT_EQ(cursor(), 0U);
  EXPECT_LE(loop_.timers(), 2U);
  answer_with(204);
  loop_.run_for(minutes(15));
  EXPECT_EQ(value("parked_total"), 0);
  EXPECT_EQ(value("delivered_total"), 300);
  EXPECT_EQ(cursor(), 300U);
}

TEST_F(WebhookSinkTest, WhatIsParkedIsNamedInTheLog) {
  WebhookOptions impatient = options();
  impatient.refusal_pauses.clear();
  testing::internal::CaptureStderr();
  {
    const Log log(clock_, {});
    Webhooks webhooks({loop_, transport_, clock_, store_, telemetry_, log, [] { return 0.5; }});
    webhooks.apply({impatient});
    answer_with(422);
    commit(1);
    store_.record({Note{NoteKind::HeadAnnounced, clock_.wall_now()}}, [](CommitStatus) {});
    loop_.run();
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("sink=hook seq=1 id=6a79bd410000000000000001:failed:1 "
                     "job_id=6a79bd410000000000000001 cluster_name=prod-a reason=\"HTTP 422\"\n"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find("sink=hook seq=2 id=journal_head:2:0000000000000000 reason=\"HTTP 422\"\n"),
            std::string::npos)
      << log;
}

TEST_F(WebhookSinkTest, ARedirectIsNotFollowed) {
  start();
  answer_with(307, {{"location", "https://elsewhere.example.net/"}});
  commit(1);
  loop_.run_for(hours(1));
  EXPECT_EQ(sent(), 6U);
  for (const HttpRequest& request : transport_.requests()) {
    EXPECT_EQ(request.url, options().url.reveal());
  }
  EXPECT_EQ(value("parked_total"), 1);
}

TEST_F(WebhookSinkTest, NotesArePassedOverAndHeadsAreSent) {
  start();
  store_.record({Note{NoteKind::DaemonStarted, clock_.wall_now()},
                 Note{NoteKind::HeadAnnounced, clock_.wall_now()},
                 Note{NoteKind::DaemonStopped, clock_.wall_now()}},
                [](CommitStatus) {});
  loop_.run();
  ASSERT_EQ(sent(), 1U);
  EXPECT_NE(last().body.find("\"id\":\"journal_head:2:0000000000000000\""), std::string::npos)
      << last().body;
  EXPECT_EQ(cursor(), 3U);
}

TEST_F(WebhookSinkTest, ReadsTheJournalAgainWhenItCouldNotBeRead) {
  store_.fail_reads(true);
  start();
  store_.fail_reads(false);
  commit(1);  // before its place is known: of the past
  loop_.run_for(seconds(2));
  commit(2);
  store_.fail_reads(true);
  loop_.run_for(seconds(3));
  EXPECT_EQ(sent(), 0U);
  store_.fail_reads(false);
  loop_.run_for(seconds(1));
  EXPECT_EQ(sent(), 1U);
}

TEST_F(WebhookSinkTest, WhatRetentionCutIsCountedAndTheRestIsSent) {
  webhooks_.apply({options()});
  commit(1);
  commit(2);
  store_.forget(clock_.wall_now() + hours(1), clock_.wall_now(), [](CommitStatus) {});
  loop_.run();
  commit(3);
  webhooks_.wake();
  loop_.run();
  EXPECT_EQ(value("lost_total"), 2);
  EXPECT_EQ(value("delivered_total"), 1);
  EXPECT_EQ(cursor(), 4U);
}

TEST_F(WebhookSinkTest, GoesOnInALargeJournalPieceByPiece) {
  webhooks_.apply({options()});
  for (int i = 0; i < 2000; ++i) {
    commit(i % 200, i % 400 < 200 ? JobState::InProgress : JobState::Failed);
  }
  loop_.run();
  EXPECT_EQ(sent(), 2000U);
  EXPECT_EQ(cursor(), 2000U);
}

}  // namespace
}  // namespace restorewatch
