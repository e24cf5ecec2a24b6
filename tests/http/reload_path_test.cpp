#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <unistd.h>

#include <future>
#include <thread>

#include "base/shared_text_builder.h"
#include "fakes/served.h"
#include "http/routes.h"

namespace restorewatch {
namespace {

constexpr const char* kPath = "/-/reload";
using Problems = std::vector<std::string>;

class ReloadPathTest : public testing::Test {
 protected:
  void SetUp() override {
    HttpContent content;
    content.metrics = [](PageFormat, bool) -> ReadyPage { return {shared_text({"a 1\n"})}; };
    content.not_ready_because = [] { return Problems(); };
    content.reload = [this] { return reload_(); };
    served_ = std::make_unique<Served>(routes(std::move(content)));
    client_ = std::make_unique<httplib::Client>("127.0.0.1", served_->port());
  }

  /// Sends text and gives all that is answered until the server ends the connection.
  std::string answer_to(const std::string& text) const {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(served_->port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(write(fd, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    std::string answer(4096, '\0');
    std::size_t size = 0;
    for (ssize_t got = 1; got > 0 && size < answer.size(); size += static_cast<std::size_t>(got)) {
      got = std::max<ssize_t>(read(fd, &answer[size], answer.size() - size), 0);
    }
    close(fd);
    answer.resize(size);
    return answer;
  }

  std::function<std::optional<Problems>()> reload_ = [this] {
    ++reloads_;
    return std::optional(problems_);
  };
  std::atomic<int> reloads_ = 0;
  Problems problems_;
  std::unique_ptr<Served> served_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(ReloadPathTest, APostReloads) {
  const auto answer = client_->Post(kPath);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(reloads_, 1);
}

TEST_F(ReloadPathTest, ARefusalSaysEveryProblem) {
  problems_ = {"f.yaml:3:7: poll.interval: is bad", "f.yaml:9:1: what: unknown key"};
  const auto answer = client_->Post(kPath);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 500);
  for (const std::string& problem : problems_) {
    EXPECT_NE(answer->body.find(problem + "\n"), std::string::npos) << answer->body;
  }
}

TEST_F(ReloadPathTest, IsForbiddenWhereItIsNotEnabled) {
  reload_ = [] { return std::nullopt; };
  const auto answer = client_->Post(kPath);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 403);
  EXPECT_NE(answer->body.find("web.enable_lifecycle"), std::string::npos);
}

TEST_F(ReloadPathTest, OtherMethodsAreRefusedAndSayWhichIsRight) {
  const auto get = client_->Get(kPath);
  EXPECT_EQ(get->status, 405);
  EXPECT_EQ(get->get_header_value("Allow"), "POST");
  EXPECT_EQ(client_->Head(kPath)->status, 405);
  EXPECT_EQ(client_->Put(kPath)->status, 405);
  EXPECT_EQ(reloads_, 0);
}

TEST_F(ReloadPathTest, ABodyIsRefused) {
  EXPECT_EQ(client_->Post(kPath, "x", "text/plain")->status, 400);
  EXPECT_NE(answer_to("POST /-/reload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                .find(" 400 "),
            std::string::npos);
  EXPECT_EQ(reloads_, 0);
}

// As curl -X POST sends it; the library alone would wait for a body until the connection ends.
TEST_F(ReloadPathTest, NoLengthMeansNoBody) {
  EXPECT_NE(
      answer_to("POST /-/reload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").find(" 200 "),
      std::string::npos);
  EXPECT_EQ(reloads_, 1);
}

TEST_F(ReloadPathTest, OnlyThisPathIsOpenForPost) {
  EXPECT_EQ(client_->Post("/-/reload/")->status, 405);
  EXPECT_EQ(client_->Post("/metrics")->status, 405);
}

TEST_F(ReloadPathTest, OthersAreServedMeanwhile) {
  std::promise<void> go_on;
  std::promise<void> begun;
  reload_ = [&] {
    begun.set_value();
    go_on.get_future().wait();
    return std::optional(Problems());
  };
  std::jthread reloading([this] {
    httplib::Client client("127.0.0.1", served_->port());
    EXPECT_EQ(client.Post(kPath)->status, 200);
  });
  begun.get_future().wait();
  EXPECT_EQ(client_->Get("/-/healthy")->status, 200);
  go_on.set_value();
}

}  // namespace
}  // namespace restorewatch
