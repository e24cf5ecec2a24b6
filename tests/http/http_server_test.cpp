#include "http/http_server.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <thread>

#include "http/landing_page.h"

namespace restorewatch {
namespace {

/// A server on a free port, with content that the test sets.
class HttpServerTest : public testing::Test {
 protected:
  void SetUp() override {
    HttpServerOptions options;
    options.port = 0;
    auto server = HttpServer::bind(
        options, {[this] { return page_; }, [this] { return reasons_; }, landing_page()});
    ASSERT_TRUE(server.ok());
    server_ = *std::move(server);
    thread_ = std::jthread([this] { server_->run(); });
    client_ = std::make_unique<httplib::Client>("127.0.0.1", server_->port());
  }
  void TearDown() override { server_->stop(); }

  std::shared_ptr<const std::string> page_ = std::make_shared<const std::string>("a 1\n");
  std::vector<std::string> reasons_;
  std::unique_ptr<HttpServer> server_;
  std::jthread thread_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(HttpServerTest, SendsThePageAsItIs) {
  const auto answer = client_->Get("/metrics");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "a 1\n");
  EXPECT_EQ(answer->get_header_value("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(HttpServerTest, HasNoPageBeforeTheFirst) {
  page_.reset();
  EXPECT_EQ(client_->Get("/metrics")->status, 503);
}

TEST_F(HttpServerTest, ReadinessSaysWhatIsMissing) {
  EXPECT_EQ(client_->Get("/-/ready")->status, 200);
  reasons_ = {"the store cannot be written"};
  const auto answer = client_->Get("/-/ready");
  EXPECT_EQ(answer->status, 503);
  EXPECT_NE(answer->body.find("the store cannot be written"), std::string::npos);
}

TEST_F(HttpServerTest, IsHealthyAndHasALandingPage) {
  EXPECT_EQ(client_->Get("/-/healthy")->status, 200);
  const auto landing = client_->Get("/");
  EXPECT_EQ(landing->status, 200);
  EXPECT_NE(landing->body.find("href=\"/metrics\""), std::string::npos);
  EXPECT_EQ(landing->get_header_value("X-Content-Type-Options"), "nosniff");
}

TEST_F(HttpServerTest, KnowsNoOtherPathAndNoOtherMethod) {
  EXPECT_EQ(client_->Get("/metrics/../etc")->status, 404);
  EXPECT_EQ(client_->Post("/metrics", "x", "text/plain")->status, 405);
  EXPECT_EQ(client_->Delete("/-/healthy")->status, 405);
}

TEST_F(HttpServerTest, RefusesChunkedBodies) {
  const auto answer = client_->Get("/metrics", {{"Transfer-Encoding", "chunked"}});
  EXPECT_EQ(answer->status, 400);
}

TEST_F(HttpServerTest, IgnoresRanges) {
  const auto answer = client_->Get("/metrics", {{"Range", "bytes=0-1,0-1,0-1,0-1"}});
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "a 1\n");
}

TEST_F(HttpServerTest, ASecondServerCannotShareThePort) {
  HttpServerOptions options;
  options.port = server_->port();
  const auto second = HttpServer::bind(options, {});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, ErrorKind::BadConfig);
  EXPECT_NE(second.error().detail.find("web.listen_address"), std::string::npos);
}

TEST(HttpServerStopTest, StopRightAfterStartEndsIt) {
  for (int i = 0; i < 20; ++i) {
    HttpServerOptions options;
    options.port = 0;
    auto server = HttpServer::bind(options, {});
    ASSERT_TRUE(server.ok());
    std::jthread thread([&] { (*server)->run(); });
    (*server)->stop();
    thread.join();
  }
}

}  // namespace
}  // namespace restorewatch
