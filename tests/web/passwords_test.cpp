// How a password comes in, and what it is held against.

#include <gtest/gtest.h>

#include "base/base64.h"
#include "base/bcrypt_hash.h"
#include "web/basic_credentials.h"
#include "web/bcrypt.h"
#include "web/token_bucket.h"

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

TEST(BasicCredentialsTest, AreWhatTheStandardsExampleSays) {
  // Source: RFC 7617, section 2.
  const auto credentials = parse_basic("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->user, "Aladdin");
  EXPECT_EQ(credentials->password, "open sesame");
}

TEST(BasicCredentialsTest, TheFirstColonEndsTheName) {
  const auto credentials = parse_basic("bASIC   " + base64(":a:b"));
  ASSERT_TRUE(credentials);
  EXPECT_EQ(credentials->user, "");
  EXPECT_EQ(credentials->password, "a:b");
}

TEST(BasicCredentialsTest, AnythingElseIsNone) {
  for (const std::string& wrong :
       {std::string(), std::string("Basic"), "Basic " + base64("nocolon"), std::string("Basic QQ"),
        std::string("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== "), "Digest " + base64("a:b"),
        "Basic " + base64(std::string(3000, 'a') + ":b")}) {
    EXPECT_FALSE(parse_basic(wrong)) << wrong;
  }
}

TEST(BcryptHashTest, CostIsReadOfTheThreeKindsThatAreSound) {
  const std::string rest = "10$" + std::string(53, 'a');
  EXPECT_EQ(bcrypt_cost("$2a$" + rest), 10);
  EXPECT_EQ(bcrypt_cost("$2b$" + rest), 10);
  EXPECT_EQ(bcrypt_cost("$2y$" + rest), 10);
  for (const std::string& wrong :
       {"$2x$" + rest, "$2$" + rest + "a", "$1$a$" + rest, "$2y$" + rest + "a",
        "$2y$03$" + std::string(53, 'a'), "$2y$32$" + std::string(53, 'a'),
        "$2y$10$" + std::string(52, 'a') + "!", "$2y$1a$" + std::string(53, 'a'), std::string()}) {
    EXPECT_FALSE(bcrypt_cost(wrong)) << wrong;
  }
}

// Source: the test vectors of crypt_blowfish, which libxcrypt has its bcrypt from.
TEST(BcryptTest, KnowsThePasswordThatAHashWasMadeOf) {
  const std::string hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  EXPECT_TRUE(bcrypt_matches(hash, "U*U"));
  EXPECT_FALSE(bcrypt_matches(hash, "U*U*"));
  EXPECT_FALSE(bcrypt_matches(hash, std::string("U*U\0x", 5)));
  EXPECT_FALSE(bcrypt_matches(hash, ""));
  EXPECT_FALSE(bcrypt_matches("*0", "U*U"));
  EXPECT_FALSE(bcrypt_matches("$2b$04$" + std::string(53, '.'), "U*U"));
}

TEST(TokenBucketTest, BeginsFullAndFillsUpToItsBrim) {
  SteadyTime now{1h};
  TokenBucket bucket(3s, 1.0, now);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.take(1s, now));
  EXPECT_FALSE(bucket.take(1s, now));
  now += 999ms;
  EXPECT_FALSE(bucket.take(1s, now));
  now += 1ms;
  EXPECT_TRUE(bucket.take(1s, now));
  now += 24h;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.take(1s, now));
  EXPECT_FALSE(bucket.take(1s, now));
}

TEST(TokenBucketTest, WhatIsOwedIsGainedFirst) {
  SteadyTime now{1h};
  TokenBucket bucket(1s, 0.1, now);
  bucket.owe(3s, now);
  EXPECT_TRUE(bucket.is_empty(now));
  now += 19s;
  EXPECT_TRUE(bucket.is_empty(now));
  now += 2s;
  EXPECT_FALSE(bucket.is_empty(now));
}

}  // namespace
}  // namespace restorewatch
