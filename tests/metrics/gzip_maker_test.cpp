#include "metrics/gzip_maker.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

#include "bench/page_samples.h"
#include "metrics/page_maker.h"

namespace restorewatch {
namespace {

/// Of exactly one gzip member; "" for anything else.
std::string inflated(const std::string& body) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return "";
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  std::string text;
  std::string part(1 << 16, '\0');
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    status = inflate(&stream, Z_NO_FLUSH);
    text.append(part, 0, part.size() - stream.avail_out);
  }
  const bool is_whole = status == Z_STREAM_END && stream.avail_in == 0;  // length and CRC are right
  inflateEnd(&stream);
  return is_whole ? text : "";
}

std::shared_ptr<const PageText> page(std::vector<std::string> families) {
  PageText made;
  for (const std::string& family : families) {
    made.families.push_back(made.text.size());
    made.text += family;
  }
  return std::make_shared<const PageText>(made);
}

/// Text of some family, of random digits.
std::string family(const std::string& name, std::size_t size, std::mt19937& random) {
  std::string text = "# HELP " + name + "\n";
  while (text.size() < size) text += std::to_string(random()) + "\n";
  return text;
}

TEST(GzipMakerTest, ABodyIsOneMemberThatReadsAsThePage) {
  std::mt19937 random(1);
  for (const std::size_t size : {0U, 1U, 100U, 20'000U, 131'072U, 1'000'000U}) {
    const auto text = page({family("a", size, random), family("b", 50, random)});
    EXPECT_EQ(inflated(*GzipMaker().make(text)), text->text) << size;
  }
  EXPECT_EQ(GzipMaker().make(page({}))->size(), 20U);
}

TEST(GzipMakerTest, ABodyMadeFromTheOneBeforeReadsAsThePage) {
  SampleFleet fleet(300);
  PageMaker maker;
  GzipMaker gzip;
  for (int i = 0; i < 20; ++i) {
    const auto text = maker.make(fleet.snapshot(), {});
    ASSERT_EQ(inflated(*gzip.make(text)), text->text) << i;
    fleet.look_at(9);
  }
}

TEST(GzipMakerTest, FamiliesThatComeGoGrowAndShrinkAreAllRight) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::string> families(6);
    GzipMaker gzip;
    for (int i = 0; i < 20; ++i) {
      for (std::size_t n = 0; n < families.size(); ++n) {
        const std::size_t size = random() % 2 == 0 ? random() % 400'000 : random() % 2'000;
        if (random() % 3 == 0) families[n] = family(std::string(1, char('a' + n)), size, random);
        if (random() % 8 == 0) families[n].clear();
      }
      std::vector<std::string> shown;
      std::ranges::remove_copy(families, std::back_inserter(shown), "");
      const auto text = page(shown);
      ASSERT_EQ(inflated(*gzip.make(text)), text->text) << "seed " << seed << ", page " << i;
      if (random() % 7 == 0) gzip.forget();
    }
  }
}

TEST(GzipMakerTest, CompressesOnlyWhatHasChanged) {
  std::mt19937 random(1);
  const std::string same = family("a", 1'000'000, random);
  const std::string small = family("b", 100, random);
  GzipMaker gzip;
  gzip.make(page({same, small}));
  const std::size_t all = gzip.bytes_compressed();
  EXPECT_EQ(all, same.size() + small.size());
  gzip.make(page({same, small}));
  EXPECT_EQ(gzip.bytes_compressed(), all);
  gzip.make(page({family("0", 500, random), same, small}));
  EXPECT_LE(gzip.bytes_compressed(), all + 500 + 20);
}

}  // namespace
}  // namespace restorewatch
