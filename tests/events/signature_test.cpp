#include "events/signature.h"

#include <gtest/gtest.h>

#include <array>

#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

using std::chrono::hours;

using Secrets = std::vector<Secret>;

/// Worked out with: printf '1790000000.{"a":1}' | openssl dgst -sha256 -hmac first (and second)
constexpr const char* kByFirst = "8680234881be1bd9519c011c46773563a768141bbb817a8f7b28aea74a914f34";
constexpr const char* kBySecond =
    "abcb311113fd2c79467b3d8eb81b8a6f71486754dd0b70275b214602f387413e";

const WallTime kNow = from_unix_seconds(1'790'000'000) + std::chrono::milliseconds(999);

TEST(SignatureTest, IsOverTimeAndBody) {
  const std::array secrets{Secret("first")};
  EXPECT_EQ(signature(kNow, R"({"a":1})", secrets), std::string("t=1790000000,v1=") + kByFirst);
}

TEST(SignatureTest, HasOneForEachSecret) {
  const std::array secrets{Secret("first"), Secret("second")};
  EXPECT_EQ(signature(kNow, R"({"a":1})", secrets),
            std::string("t=1790000000,v1=") + kByFirst + ",v1=" + kBySecond);
}

class SigningSecretsTest : public testing::Test {
 protected:
  Secrets valid() const { return secrets_.valid(clock_.steady_now()); }
  void replace(Secrets by) { secrets_.replace(std::move(by), clock_.steady_now()); }

  ManualClock clock_;
  SigningSecrets secrets_{{Secret("a")}};
};

TEST_F(SigningSecretsTest, OneThatIsReplacedSignsForAnotherDay) {
  replace({Secret("b")});
  EXPECT_EQ(valid(), (Secrets{Secret("b"), Secret("a")}));
  clock_.advance(hours(23));
  EXPECT_EQ(valid(), (Secrets{Secret("b"), Secret("a")}));
  clock_.advance(hours(1));
  EXPECT_EQ(valid(), (Secrets{Secret("b")}));
}

TEST_F(SigningSecretsTest, TheSameAgainChangesNothing) {
  replace({Secret("a")});
  EXPECT_EQ(valid(), (Secrets{Secret("a")}));
}

TEST_F(SigningSecretsTest, OneThatComesBackStandsOnceAndStays) {
  replace({Secret("b")});
  replace({Secret("a")});
  EXPECT_EQ(valid(), (Secrets{Secret("a"), Secret("b")}));
  clock_.advance(hours(24));
  EXPECT_EQ(valid(), (Secrets{Secret("a")}));
}

TEST_F(SigningSecretsTest, OnlyAFewOldOnesAreKept) {
  for (const char* name : {"b", "c", "d", "e", "f"}) replace({Secret(name)});
  EXPECT_EQ(valid(), (Secrets{Secret("f"), Secret("e"), Secret("d"), Secret("c")}));
}

}  // namespace
}  // namespace restorewatch
