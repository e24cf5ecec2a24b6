#include "net/request_url.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>
#include <optional>
#include <vector>

namespace restorewatch {
namespace {

struct UrlCase {
  const char* url;
  std::optional<UrlClass> expected;
};

TEST(RequestUrlTest, HttpsAnywhereAndHttpToLoopbackOnly) {
  const std::vector<UrlCase> cases = {
      {"https://cloud.mongodb.com/api", UrlClass::Https},
      {"HTTPS://cloud.mongodb.com/api", UrlClass::Https},
      {"https://127.0.0.1:1/", UrlClass::Https},
      {"http://127.0.0.1:8080/a?b", UrlClass::LoopbackHttp},
      {"http://127.255.0.9/", UrlClass::LoopbackHttp},
      {"http://127.1/", UrlClass::LoopbackHttp},
      {"http://[::1]:80/", UrlClass::LoopbackHttp},
      {"http://localhost/", UrlClass::LoopbackHttp},
      {"http://cloud.mongodb.com/", std::nullopt},
      {"http://128.0.0.1/", std::nullopt},
      {"http://0.0.0.0/", std::nullopt},
      {"http://[::2]/", std::nullopt},
      {"http://[::ffff:127.0.0.1]/", std::nullopt},
      {"http://127.0.0.1.example.net/", std::nullopt},
      {"http://localhost.example.net/", std::nullopt},
      {"http://127.0.0.1@example.net/", std::nullopt},
      {"https://user:secret@cloud.mongodb.com/", std::nullopt},
      {"ftp://127.0.0.1/", std::nullopt},
      {"file:///etc/passwd", std::nullopt},
      {"gopher://127.0.0.1/", std::nullopt},
      {"127.0.0.1", std::nullopt},
      {"/path", std::nullopt},
      {"https://a b/", std::nullopt},
      {"https://a/\r\nX: y", std::nullopt},
      {"", std::nullopt},
  };
  for (const UrlCase& test : cases) {
    const auto actual = classify_url(test.url);
    ASSERT_EQ(actual.ok(), test.expected.has_value()) << test.url;
    if (actual) {
      EXPECT_EQ(*actual, *test.expected) << test.url;
    } else {
      EXPECT_EQ(actual.error().kind, ErrorKind::Unreachable);
      EXPECT_EQ(actual.error().detail.find("secret"), std::string::npos);
    }
  }
}

TEST(RequestUrlTest, ProxiesAreUrlsOfAKnownScheme) {
  EXPECT_TRUE(check_proxy("http://user:secret@proxy.example.net:3128"));
  EXPECT_TRUE(check_proxy("socks5h://127.0.0.1:1080"));
  for (const char* url : {"", "proxy", "ftp://proxy:1", "http://user:secret@:a:b:c"}) {
    const Status status = check_proxy(url);
    ASSERT_FALSE(status) << url;
    EXPECT_EQ(status.error().kind, ErrorKind::BadConfig);
    EXPECT_EQ(status.error().detail.find("secret"), std::string::npos);
  }
}

bool loopback_v4(const char* text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, text, &address.sin_addr);
  return is_loopback(reinterpret_cast<const sockaddr&>(address));
}

bool loopback_v6(const char* text) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  inet_pton(AF_INET6, text, &address.sin6_addr);
  return is_loopback(reinterpret_cast<const sockaddr&>(address));
}

TEST(RequestUrlTest, KnowsLoopbackAddresses) {
  EXPECT_TRUE(loopback_v4("127.0.0.1"));
  EXPECT_TRUE(loopback_v4("127.9.9.9"));
  EXPECT_FALSE(loopback_v4("10.0.0.1"));
  EXPECT_TRUE(loopback_v6("::1"));
  EXPECT_FALSE(loopback_v6("::2"));
  EXPECT_FALSE(is_loopback(sockaddr{}));
}

}  // namespace
}  // namespace restorewatch
