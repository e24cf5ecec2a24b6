#include "events/webhooks.h"

#include "events/webhook_fixture.h"

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class WebhooksTest : public WebhookFixture {
 protected:
  std::vector<std::string> hosts() const {
    std::vector<std::string> hosts;
    for (const HttpRequest& request : transport_.requests()) {
      const auto from = request.url.find("//") + 2;
      hosts.push_back(request.url.substr(from, request.url.find('.') - from));
    }
    return hosts;
  }
  std::string signature_sent() const { return last().headers.at(1).second; }

  using Hosts = std::vector<std::string>;
  bool done_ = false;
};

TEST_F(WebhooksTest, EachGetsEverythingWhateverTheOthersDo) {
  transport_.set_script([](const HttpRequest& request) -> Result<HttpResponse> {
    const bool down = request.url.find("//a.") != std::string::npos;
    return HttpResponse{down ? 503 : 204, {}, "", {}};
  });
  start({options("a"), options("b")});
  commit(1);
  commit(2);
  loop_.run();
  EXPECT_EQ(cursor("a"), 0U);
  EXPECT_EQ(cursor("b"), 2U);
  EXPECT_EQ(value("pending", "a"), 2);
  EXPECT_EQ(value("pending", "b"), 0);
}

TEST_F(WebhooksTest, OneThatIsAddedBeginsNowAndOneThatGoesTakesItsSeriesAlong) {
  start({options("a")});
  commit(1);
  loop_.run();
  webhooks_.apply({options("b")});
  EXPECT_EQ(value("delivered_total", "a"), -1);
  commit(2);
  loop_.run();
  EXPECT_EQ(hosts(), (Hosts{"a", "b"}));
  EXPECT_EQ(cursor("a"), 1U);
  EXPECT_EQ(cursor("b"), 2U);
}

TEST_F(WebhooksTest, OneThatComesBackGoesOnWhereItWas) {
  start({options("a")});
  commit(1);
  loop_.run();
  webhooks_.apply({});
  commit(2);
  loop_.run();
  webhooks_.apply({options("a")});
  loop_.run();
  EXPECT_EQ(hosts(), (Hosts{"a", "a"}));
  EXPECT_EQ(cursor("a"), 2U);
}

TEST_F(WebhooksTest, AnswersToOneThatIsGoneAreNobodys) {
  start({options("a")});
  transport_.hold();
  commit(1);
  loop_.run();
  webhooks_.apply({});
  transport_.release();
  loop_.run_for(hours(1));
  EXPECT_EQ(cursor("a"), 0U);
}

TEST_F(WebhooksTest, OneThatStaysKeepsItsWindow) {
  start({options("a")});
  transport_.hold();
  commit(1);
  loop_.run();
  webhooks_.apply({options("b"), options("a")});
  loop_.run();
  EXPECT_EQ(hosts(), (Hosts{"a"}));  // not once more
  transport_.release();
  loop_.run();
  EXPECT_EQ(cursor("a"), 1U);
  EXPECT_EQ(value("delivered_total", "a"), 1);
}

TEST_F(WebhooksTest, ASecretThatChangesSignsBesideTheNewOneForADay) {
  start();
  WebhookOptions changed = options();
  changed.secrets = {Secret("second")};
  webhooks_.apply({changed});
  commit(1);
  loop_.run();
  const std::vector<Secret> both{Secret("second"), Secret("first")};
  EXPECT_EQ(signature_sent(), signature(clock_.wall_now(), last().body, both));
  loop_.run_for(hours(24));
  commit(2);
  loop_.run();
  const std::vector<Secret> one{Secret("second")};
  EXPECT_EQ(signature_sent(), signature(clock_.wall_now(), last().body, one));
}

TEST_F(WebhooksTest, AnotherUrlIsTriedAtOnceThoughTheLastOneWasDown) {
  start({options("a")});
  answer_with(503, {{"retry-after", "3600"}});
  commit(1);
  loop_.run();
  answer_with(204);
  WebhookOptions moved = options("a");
  moved.url = Secret("https://moved.example.net/");
  moved.secrets = {Secret("other")};
  webhooks_.apply({moved});
  loop_.run();
  EXPECT_EQ(hosts(), (Hosts{"a", "moved"}));
  EXPECT_EQ(signature_sent(), signature(clock_.wall_now(), last().body, moved.secrets))
      << "signed with what was the other receiver's";
  EXPECT_EQ(cursor("a"), 1U);
}

TEST_F(WebhooksTest, FinishesWhenNothingIsInFlight) {
  start({options("a"), options("b")});
  transport_.hold();
  commit(1);
  loop_.run();
  webhooks_.finish(seconds(1), [this] { done_ = true; });
  loop_.run();
  EXPECT_FALSE(done_);
  transport_.release();
  loop_.run();
  EXPECT_TRUE(done_);
  EXPECT_EQ(cursor("a"), 1U);
  EXPECT_EQ(cursor("b"), 1U);
}

TEST_F(WebhooksTest, SendsOnFinishingWhatNobodyHasSentYet) {
  start();
  store_.on_journal(nullptr);
  commit(1);
  webhooks_.finish(seconds(1), [this] { done_ = true; });
  loop_.run();
  EXPECT_TRUE(done_);
  EXPECT_EQ(cursor(), 1U);
}

TEST_F(WebhooksTest, FinishesWithoutAnAnswerWhenTimeIsUp) {
  start();
  transport_.hold();
  commit(1);
  loop_.run();
  webhooks_.finish(seconds(1), [this] { done_ = true; });
  loop_.run_for(seconds(1));
  EXPECT_TRUE(done_);
  transport_.release();
  loop_.run();
  EXPECT_EQ(cursor(), 0U);
}

TEST_F(WebhooksTest, FinishesAtOnceWithoutWebhooks) {
  start({});
  webhooks_.finish(seconds(1), [this] { done_ = true; });
  loop_.run();
  EXPECT_TRUE(done_);
}

}  // namespace
}  // namespace restorewatch
