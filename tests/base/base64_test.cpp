#include "base/base64.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

// Source: RFC 4648, section 10.
TEST(Base64Test, WritesTheExamplesOfTheStandard) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url("\xFB\xFF"), "-_8");
}

TEST(Base64Test, ReadsOnlyWhatItWrote) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  for (std::size_t size = 0; size < every_byte.size(); ++size) {
    const std::string bytes = every_byte.substr(size);
    EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  }
  for (const char* const wrong : {"Zg==", "Zh", "Z", "Zm9v!", "+/8", "Zg Zg"}) {
    EXPECT_EQ(from_base64url(wrong), std::nullopt) << wrong;
  }
  for (const char* const wrong :
       {"Zg", "Zg=", "Zg===", "Zh==", "Zg==Zg==", "-_8=", "Zg==\n", "="}) {
    EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace restorewatch
