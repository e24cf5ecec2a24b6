#include "base/shared_text.h"

#include <gtest/gtest.h>

#include "base/shared_text_builder.h"

namespace restorewatch {
namespace {

TEST(SharedTextTest, IsWhatItsPartsAre) {
  const SharedText text = shared_text({"a", "", "bc"});
  EXPECT_EQ(text.whole(), "abc");
  EXPECT_EQ(text.size(), 3U);
  EXPECT_EQ(text.parts().size(), 2U);
  EXPECT_EQ(SharedText().whole(), "");
}

TEST(SharedTextTest, ACopyHoldsTheSameParts) {
  SharedText text = shared_text({"a"});
  const SharedText copy = text;
  text.add("b");
  EXPECT_EQ(copy.parts().front(), text.parts().front());
  EXPECT_EQ(copy.whole(), "a");
  EXPECT_EQ(text.whole(), "ab");
}

}  // namespace
}  // namespace restorewatch
