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

SharedText page(const std::vector<SharedText::Part>& parts) {
  SharedText made;
  for (const SharedText::Part& part : parts) made.add(part);
  return made;
}

/// Lines of random digits.
SharedText::Part part(std::size_t size, std::mt19937& random) {
  std::string text;
  while (text.size() < size) text += std::to_string(random()) + "\n";
  return std::make_shared<const std::string>(text);
}

TEST(GzipMakerTest, ABodyIsOneMemberThatReadsAsThePage) {
  std::mt19937 random(1);
  for (const std::size_t size : {0U, 1U, 100U, 20'000U, 131'072U, 1'000'000U}) {
    const auto text = page({part(size, random), part(50, random)});
    EXPECT_EQ(inflated(GzipMaker().make(text).whole()), text.whole()) << size;
  }
  EXPECT_EQ(GzipMaker().make(page({})).size(), 20U);
}

TEST(GzipMakerTest, ABodyMadeFromTheOneBeforeReadsAsThePage) {
  SampleFleet fleet(300);
  PageMaker maker;
  GzipMaker gzip;
  for (int i = 0; i < 20; ++i) {
    const auto text = maker.make(fleet.snapshot(), {}).text;
    ASSERT_EQ(inflated(gzip.make(text).whole()), text.whole()) << i;
    fleet.look_at(9);
  }
}

TEST(GzipMakerTest, PartsThatComeGoGrowAndShrinkAreAllRight) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    std::vector<SharedText::Part> parts(6, std::make_shared<const std::string>());
    GzipMaker gzip;
    for (int i = 0; i < 20; ++i) {
      for (SharedText::Part& one : parts) {
        const std::size_t size = random() % 2 == 0 ? random() % 200'000 : random() % 2'000;
        if (random() % 3 == 0) one = part(size, random);
        if (random() % 8 == 0) one = std::make_shared<const std::string>();
      }
      const auto text = page(parts);
      ASSERT_EQ(inflated(gzip.make(text).whole()), text.whole())
          << "seed " << seed << ", page " << i;
      if (random() % 7 == 0) gzip.forget();
    }
  }
}

TEST(GzipMakerTest, CompressesOnlyWhatHasChanged) {
  std::mt19937 random(1);
  const auto same = part(100'000, random);
  const auto small = part(100, random);
  GzipMaker gzip;
  gzip.make(page({same, small}));
  const std::size_t all = same->size() + small->size();
  EXPECT_EQ(gzip.bytes_compressed(), all);
  gzip.make(page({same, small}));
  EXPECT_EQ(gzip.bytes_compressed(), all + small->size());
  const auto before = part(500, random);
  gzip.make(page({before, same, small}));
  EXPECT_EQ(gzip.bytes_compressed(), all + before->size() + 2 * small->size());
}

TEST(GzipMakerTest, CompressesWhatBothFormatsShareOnce) {
  const Pages pages = PageMaker().make(SampleFleet(300).snapshot(), {});
  GzipMaker gzip;
  gzip.make(pages.text);
  EXPECT_EQ(gzip.bytes_compressed(), pages.text.size());
  ASSERT_EQ(inflated(gzip.make(pages.open_metrics).whole()), pages.open_metrics.whole());
  EXPECT_LT(gzip.bytes_compressed() - pages.text.size(), pages.open_metrics.size() / 10);
}

}  // namespace
}  // namespace restorewatch
