#include "base/sha256.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

// FIPS 180-4, example 1.
TEST(Sha256, HashesAsTheStandardSays) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, ChainsTheBytesOfAHeadAndWhatFollows) {
  const Digest head = sha256("abc");
  const std::string joined(head.begin(), head.end());
  EXPECT_EQ(sha256(head, "def"), sha256(joined + "def"));
}

// RFC 4231, test case 2.
TEST(Sha256, SignsAsTheStandardSays) {
  EXPECT_EQ(to_hex(hmac_sha256(Secret("Jefe"), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Sha256, ReadsHexOfEitherCase) {
  const Digest digest = sha256("abc");
  std::string upper = to_hex(digest);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(digest_from_hex(to_hex(digest)), digest);
  EXPECT_EQ(digest_from_hex(upper), digest);
}

TEST(Sha256, RefusesWhatIsNoDigest) {
  const std::string good = to_hex(sha256("abc"));
  EXPECT_FALSE(digest_from_hex(""));
  EXPECT_FALSE(digest_from_hex(good.substr(1)));
  EXPECT_FALSE(digest_from_hex(good + "0"));
  EXPECT_FALSE(digest_from_hex("-1" + good.substr(2)));
  EXPECT_FALSE(digest_from_hex("0x" + good.substr(2)));
}

}  // namespace
}  // namespace restorewatch
