// What is accepted; what is not is in sections_mistakes_test.cpp and at the end.

#include "config/endpoints.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace restorewatch {
namespace {

TEST(EndpointsTest, ListenAddresses) {
  struct Case {
    std::string_view text;
    ListenAddress expected;
  };
  for (const Case& row :
       {Case{"127.0.0.1:9942", {"127.0.0.1", 9942}}, Case{":9942", {"", 9942}},
        Case{"[::]:0", {"::", 0}}, Case{"[2001:db8::1]:65535", {"2001:db8::1", 65535}},
        Case{"localhost:80", {"localhost", 80}}}) {
    const Result<ListenAddress> address = parse_listen_address(row.text);
    ASSERT_TRUE(address) << row.text;
    EXPECT_EQ(*address, row.expected) << row.text;
  }
}

TEST(EndpointsTest, BaseUrlsLoseOnlyATrailingSlash) {
  for (const std::string text :
       {"https://cloud.mongodb.com", "https://cloud.mongodbgov.com:8443", "https://[2001:db8::1]",
        "http://127.0.0.1", "http://127.255.1.2:8080", "http://[::1]:1",
        "http://localhost:65535"}) {
    for (const std::string& variant : {text, text + "/"}) {
      const Result<std::string> url = check_base_url(variant);
      ASSERT_TRUE(url) << variant;
      EXPECT_EQ(*url, text);
    }
  }
}

TEST(EndpointsTest, ProxiesMayBePlainAnywhere) {
  const Result<std::string> url = check_proxy_url("http://proxy.example.net:3128/");
  ASSERT_TRUE(url);
  EXPECT_EQ(*url, "http://proxy.example.net:3128");
}

TEST(EndpointsTest, RefusesWhatOnlyLooksLikeALoopback) {
  for (const std::string_view text :
       {"http://128.0.0.1", "http://127.1", "http://2130706433", "http://0x7f.0.0.1",
        "http://[::2]", "http://[::ffff:8.8.8.8]", "http://127.0.0.1.", "http://localhost.",
        "http://127.0.0.1\\@example.net", "http://127.0.0.1:80:80", "http://[::1]x"}) {
    EXPECT_FALSE(check_base_url(text)) << text;
  }
}

TEST(EndpointsTest, RefusesHostsThatAreNone) {
  for (const std::string_view text :
       {"https://a..b", "https://.a", "https://-a", "https://a b", "https://a%41", "https://[::1",
        "https://[1.2.3.4]", "https://[fe80::1%25eth0]", "https://a\\b", "https:///",
        "https://\xC3\xBC.example", "https://a:b", "https://a:-1", "https://a: 1", "https://a:"}) {
    EXPECT_FALSE(check_base_url(text)) << text;
  }
  EXPECT_FALSE(check_base_url("https://" + std::string(254, 'a')));
}

}  // namespace
}  // namespace restorewatch
