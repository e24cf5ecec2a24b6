#include "http/routes.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include "base/shared_text_builder.h"
#include "fakes/served.h"
#include "http/sample_site.h"

namespace restorewatch {
namespace {

/// The routes on a free port, with content that the test sets.
class RoutesTest : public testing::Test {
 protected:
  void SetUp() override {
    served_ = std::make_unique<Served>(
        routes({[this](PageFormat format, bool likes_gzip) -> ReadyPage {
                  if (format == PageFormat::OpenMetrics) return {open_metrics_};
                  return likes_gzip && gzipped_ ? ReadyPage{gzipped_, true} : ReadyPage{page_};
                },
                [this] { return reasons_; }, site_.source()}));
    client_ = std::make_unique<httplib::Client>("127.0.0.1", served_->port());
  }

  std::optional<SharedText> page_ = shared_text({"a 1\n"});
  std::optional<SharedText> open_metrics_ = shared_text({"a 1\n# EOF\n"});
  std::optional<SharedText> gzipped_;  // any bytes: what they say is not the server's concern
  std::vector<std::string> reasons_;
  testing_site::SampleSite site_;
  std::unique_ptr<Served> served_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(RoutesTest, SendsThePageAsItIs) {
  const auto answer = client_->Get("/metrics");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "a 1\n");
  EXPECT_EQ(answer->get_header_value("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(RoutesTest, SendsOpenMetricsToThoseWhoAskForIt) {
  for (const std::string version : {"0.0.1", "1.0.0"}) {
    const auto answer =
        client_->Get("/metrics", {{"Accept", "application/openmetrics-text;version=" + version}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "a 1\n# EOF\n");
    EXPECT_EQ(answer->get_header_value("Content-Type"),
              "application/openmetrics-text; version=" + version + "; charset=utf-8");
    EXPECT_EQ(answer->get_header_value("Vary"), "Accept, Accept-Encoding");
  }
}

TEST_F(RoutesTest, SeveralAcceptsAreOne) {
  const auto answer = client_->Get(
      "/metrics", {{"Accept", "text/plain;q=0.5"}, {"Accept", "application/openmetrics-text"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "a 1\n# EOF\n");
}

TEST_F(RoutesTest, WhoeverAcceptsNothingOfAllThisIsSentText) {
  for (const char* const accept : {"image/png", "*/*;q=0", ";;\"", "\xe4"}) {
    const auto answer = client_->Get("/metrics", {{"Accept", accept}});
    ASSERT_TRUE(answer) << accept;
    EXPECT_EQ(answer->status, 200) << accept;
    EXPECT_EQ(answer->body, "a 1\n") << accept;
  }
}

/// The client would take gzip apart itself.
std::unique_ptr<httplib::Client> raw(std::unique_ptr<httplib::Client> client) {
  client->set_decompress(false);
  return client;
}

TEST_F(RoutesTest, SendsReadyGzipAsItIsToThoseWhoLikeIt) {
  gzipped_ = shared_text({std::string("\x1f\x8b\0ready", 8)});
  client_ = raw(std::move(client_));
  const auto answer = client_->Get("/metrics", {{"Accept-Encoding", "gzip"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, gzipped_->whole());
  EXPECT_EQ(answer->get_header_value("Content-Encoding"), "gzip");
  EXPECT_EQ(answer->get_header_value("Content-Length"), "8");
  EXPECT_EQ(answer->get_header_value("Vary"), "Accept, Accept-Encoding");
  EXPECT_EQ(answer->get_header_value("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(RoutesTest, SendsPlainBytesToTheOthers) {
  gzipped_ = shared_text({"ready"});
  for (const httplib::Headers& headers :
       {httplib::Headers{}, httplib::Headers{{"Accept-Encoding", "gzip;q=0"}}}) {
    const auto answer = client_->Get("/metrics", headers);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "a 1\n");
    EXPECT_FALSE(answer->has_header("Content-Encoding"));
    EXPECT_EQ(answer->get_header_value("Vary"), "Accept, Accept-Encoding");
  }
}

TEST_F(RoutesTest, CompressesNothingItself) {
  page_ = shared_text({std::string(100'000, 'a'), "b", std::string(100'000, 'c')});
  client_ = raw(std::move(client_));
  const auto answer = client_->Get("/metrics", {{"Accept-Encoding", "gzip, deflate, br"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, page_->whole());
  EXPECT_FALSE(answer->has_header("Content-Encoding"));
}

TEST_F(RoutesTest, SeveralAcceptEncodingsAreOne) {
  gzipped_ = shared_text({"ready"});
  client_ = raw(std::move(client_));
  const auto answer =
      client_->Get("/metrics", {{"Accept-Encoding", "br"}, {"Accept-Encoding", "gzip"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "ready");
}

TEST_F(RoutesTest, AHeadTellsWhatAGetWouldSend) {
  gzipped_ = shared_text({"ready"});
  client_ = raw(std::move(client_));
  const auto plain = client_->Head("/metrics");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->status, 200);
  EXPECT_EQ(plain->body, "");
  EXPECT_EQ(plain->get_header_value("Content-Length"), "4");
  const auto gzipped = client_->Head("/metrics", {{"Accept-Encoding", "gzip"}});
  ASSERT_TRUE(gzipped);
  EXPECT_EQ(gzipped->get_header_value("Content-Length"), "5");
  EXPECT_EQ(gzipped->get_header_value("Content-Encoding"), "gzip");
}

TEST_F(RoutesTest, HasNoPageBeforeTheFirst) {
  page_.reset();
  EXPECT_EQ(client_->Get("/metrics")->status, 503);
}

TEST_F(RoutesTest, ReadinessSaysWhatIsMissing) {
  EXPECT_EQ(client_->Get("/-/ready")->status, 200);
  reasons_ = {"the store cannot be written"};
  const auto answer = client_->Get("/-/ready");
  EXPECT_EQ(answer->status, 503);
  EXPECT_NE(answer->body.find("the store cannot be written"), std::string::npos);
}

TEST_F(RoutesTest, IsHealthy) {
  EXPECT_EQ(client_->Get("/-/healthy")->status, 200);
}

TEST_F(RoutesTest, HasAStatusPageThatMayRunNothing) {
  const auto page = client_->Get("/");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200);
  EXPECT_NE(page->body.find("href=\"/metrics\""), std::string::npos);
  EXPECT_EQ(page->get_header_value("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(page->get_header_value("Cache-Control"), "no-store");
  EXPECT_EQ(page->get_header_value("Content-Security-Policy").find("default-src 'none';"), 0U);
  EXPECT_EQ(client_->Get("/?state=bad")->status, 400);
}

TEST_F(RoutesTest, AnswersTheApiAsItWasAsked) {
  site_.project('a', "a b").cluster("one");
  const auto answer = client_->Get("/api/v1/targets?project=a%20b&limit=5");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->get_header_value("Content-Type"), "application/json");
  EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(answer->get_header_value("Cache-Control"), "no-store");
  EXPECT_NE(answer->body.find("\"cluster_name\":\"one\""), std::string::npos);
  const auto refused = client_->Get("/api/v1/jobs?limit=0");
  EXPECT_EQ(refused->status, 400);
  EXPECT_EQ(refused->body, "{\"error\":\"limit: must be a whole number from 1 to 1000\"}\n");
  EXPECT_EQ(client_->Get("/api/v1/targets?project=%zz")->status, 400);
  EXPECT_EQ(client_->Get("/api/v1/transitions")->status, 200);
  EXPECT_EQ(client_->Get("/api/v1/")->status, 404);
  EXPECT_EQ(client_->Post("/api/v1/targets", "x", "text/plain")->status, 405);
}

TEST_F(RoutesTest, AHeadOfTheApiTellsWhatAGetWouldSend) {
  const auto whole = client_->Get("/api/v1/targets");
  const auto head = client_->Head("/api/v1/targets");
  ASSERT_TRUE(whole && head);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(head->get_header_value("Content-Length"), std::to_string(whole->body.size()));
}

TEST_F(RoutesTest, KnowsNoOtherPathAndNoOtherMethod) {
  EXPECT_EQ(client_->Get("/metrics/../etc")->status, 404);
  EXPECT_EQ(client_->Post("/metrics", "x", "text/plain")->status, 405);
  EXPECT_EQ(client_->Delete("/-/healthy")->status, 405);
}

TEST_F(RoutesTest, RefusesChunkedBodies) {
  const auto answer = client_->Get("/metrics", {{"Transfer-Encoding", "chunked"}});
  EXPECT_EQ(answer->status, 400);
}

TEST_F(RoutesTest, IgnoresRanges) {
  const auto answer = client_->Get("/metrics", {{"Range", "bytes=0-1,0-1,0-1,0-1"}});
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "a 1\n");
}

}  // namespace
}  // namespace restorewatch
