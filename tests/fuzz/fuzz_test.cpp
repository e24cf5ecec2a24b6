// What the fuzz targets run, in every build: the fixtures as they are, and spoilt by chance.

#include <gtest/gtest.h>

#include <filesystem>

#include "atlas/fixture.h"
#include "fuzz/entries.h"
#include "fuzz/mutations.h"

namespace restorewatch::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kSpoiltOfEach = 60;

/// Every fixture, by its path below the fixtures' folder, in order.
std::map<std::string, std::string> corpus() {
  const fs::path folder = fs::path(RW_SOURCE_DIR) / "tests/fixtures/atlas";
  std::map<std::string, std::string> bodies;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = fs::relative(entry.path(), folder);
    bodies.emplace(name, fixture(name));
  }
  return bodies;
}

class FuzzTest : public testing::TestWithParam<Entry> {};

TEST_P(FuzzTest, TheFixturesHold) {
  const auto bodies = corpus();
  EXPECT_GT(bodies.size(), 30U);
  for (const auto& [name, body] : bodies) {
    SCOPED_TRACE(name);
    GetParam().run(body);
  }
}

TEST_P(FuzzTest, SpoiltFixturesHold) {
  std::uint32_t seed = 0;
  for (const auto& [name, body] : corpus()) {
    for (std::uint32_t i = 0; i < kSpoiltOfEach; ++i) {
      Mutations mutations(++seed);
      GetParam().run(mutations.spoilt(body));
    }
  }
}

TEST(FuzzHeadsTest, SpoiltHeadsHold) {
  const std::string head =
      "GET /api/v1/jobs?project=a&x=%20 HTTP/1.1\r\nHost: localhost:9942\r\nAccept: */*\r\n"
      "Content-Length: 5\r\nConnection: close, x\r\nAuthorization: Basic YTpi\r\n\r\nhello";
  for (std::uint32_t seed = 0; seed < 5000; ++seed) {
    find_entry("request_head")->run(Mutations(seed).spoilt(head));
  }
}

INSTANTIATE_TEST_SUITE_P(Entries, FuzzTest,
                         testing::ValuesIn(all_entries().begin(), all_entries().end()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(FuzzEntriesTest, AreFoundByName) {
  for (const Entry& entry : all_entries()) EXPECT_EQ(find_entry(entry.name), &entry);
  EXPECT_EQ(find_entry("nothing"), nullptr);
}

TEST(MutationsTest, TheSameSeedSpoilsTheSameWay) {
  const std::string body = fixture("dedicated/list.json");
  EXPECT_EQ(Mutations(7).spoilt(body), Mutations(7).spoilt(body));
  EXPECT_NE(Mutations(7).spoilt(body), Mutations(8).spoilt(body));
  EXPECT_NE(Mutations(7).spoilt(body), body);
  Mutations(7).spoilt("");
}

}  // namespace
}  // namespace restorewatch::fuzz
