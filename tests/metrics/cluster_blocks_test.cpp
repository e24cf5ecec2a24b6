#include "metrics/cluster_blocks.h"

#include <gtest/gtest.h>

#include <random>

namespace restorewatch {
namespace {

using Texts = std::vector<std::string>;

Texts texts_of(const ClusterBlocks& blocks) {
  Texts texts;
  for (const auto& block : blocks) {
    std::size_t begin = 0;
    for (const std::size_t end : block->ends) {
      texts.push_back(block->text.substr(begin, end - begin));
      begin = end;
    }
  }
  return texts;
}

ClusterBlocks blocks_of(const Texts& texts) {
  const ClusterBlocks none;
  BlockWriter writer(none);
  for (const std::string& text : texts) writer.add(text);
  return std::move(writer).finish();
}

/// Four blocks of ten clusters each, and a small one.
Texts forty_one() {
  return Texts(41, std::string(BlockWriter::kFull / 10 + 1, 'x'));
}

TEST(BlockWriterTest, ClosesABlockThatIsFull) {
  const ClusterBlocks blocks = blocks_of(forty_one());
  ASSERT_EQ(blocks.size(), 5U);
  EXPECT_EQ(blocks.front()->ends.size(), 10U);
  EXPECT_EQ(blocks.back()->ends.size(), 1U);
  EXPECT_EQ(texts_of(blocks), forty_one());
  EXPECT_TRUE(blocks_of({}).empty());
}

TEST(BlockWriterTest, SharesABlockOfWhichAllIsKept) {
  const ClusterBlocks last = blocks_of(forty_one());
  BlockWriter writer(last);
  writer.keep(41);
  EXPECT_EQ(std::move(writer).finish(), last);
}

TEST(BlockWriterTest, WritesABlockAnewInWhichSomethingChanged) {
  const ClusterBlocks last = blocks_of(forty_one());
  BlockWriter writer(last);
  writer.keep(14);
  writer.replace("new");
  writer.keep(26);
  const ClusterBlocks now = std::move(writer).finish();
  ASSERT_EQ(now.size(), 5U);
  for (const std::size_t i : {0U, 2U, 3U, 4U}) EXPECT_EQ(now[i], last[i]) << i;
  Texts texts = forty_one();
  texts[14] = "new";
  EXPECT_EQ(texts_of(now), texts);
}

TEST(BlockWriterTest, SharesABlockInWhichSomethingWasReplacedByTheSame) {
  const ClusterBlocks last = blocks_of(forty_one());
  BlockWriter writer(last);
  for (const std::string& text : forty_one()) writer.replace(text);
  EXPECT_EQ(std::move(writer).finish(), last);
}

TEST(BlockWriterTest, ACopyTakesNoMoreMemoryThanItNeeds) {
  for (const auto& block : blocks_of(forty_one())) {
    EXPECT_EQ(block->text.capacity(), block->text.size());
    EXPECT_EQ(block->ends.capacity(), block->ends.size());
  }
}

TEST(BlockWriterTest, SmallBlocksThatMeetBecomeOne) {
  ClusterBlocks blocks = blocks_of(forty_one());
  for (std::size_t left = 41; left > 5; --left) {
    BlockWriter writer(blocks);  // the first one goes each time
    writer.leave_out();
    writer.keep(left - 1);
    blocks = std::move(writer).finish();
  }
  EXPECT_EQ(texts_of(blocks), Texts(5, forty_one().front()));
  EXPECT_EQ(blocks.size(), 1U);
}

TEST(BlockWriterTest, ClustersThatComeOneByOneFillBlocks) {
  const std::string text(400, 'x');
  ClusterBlocks blocks;
  for (std::size_t i = 0; i < 500; ++i) {
    BlockWriter writer(blocks);
    writer.keep(i);
    writer.add(text);
    blocks = std::move(writer).finish();
  }
  EXPECT_EQ(texts_of(blocks), Texts(500, text));
  EXPECT_LE(blocks.size(), 500 * text.size() / BlockWriter::kFull + 1);
}

TEST(BlockWriterTest, BlocksStayLargeWhileClustersComeAndGo) {
  std::mt19937 random(1);
  const std::string text(400, 'x');
  ClusterBlocks blocks = blocks_of(Texts(1000, text));
  for (int page = 0; page < 3000; ++page) {
    const std::size_t gone = random() % 1000;
    BlockWriter writer(blocks);
    writer.keep(gone);
    writer.leave_out();
    writer.keep(999 - gone);
    writer.add(text);
    blocks = std::move(writer).finish();
  }
  EXPECT_EQ(texts_of(blocks), Texts(1000, text));
  EXPECT_LE(blocks.size(), 2 * 1000 * text.size() / BlockWriter::kFull + 1);
}

/// As a page maker uses it, with every change there is, beside a plain list.
TEST(BlockWriterTest, SaysWhatAPlainListSays) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    const auto some_text = [&] { return std::string(random() % 5'000, char('a' + random() % 26)); };
    Texts texts;
    ClusterBlocks blocks;
    for (int page = 0; page < 40; ++page) {
      BlockWriter writer(blocks);
      Texts now;
      for (const std::string& text : texts) {
        while (random() % 8 == 0) writer.add(now.emplace_back(some_text()));
        const auto what = random() % 20;
        if (what == 0) {
          writer.leave_out();
        } else if (what == 1) {
          writer.replace(now.emplace_back(some_text()));
        } else if (what == 2) {
          writer.replace(now.emplace_back(text));
        } else {
          writer.keep(1);
          now.push_back(text);
        }
      }
      if (random() % 3 == 0) writer.add(now.emplace_back(some_text()));
      blocks = std::move(writer).finish();
      ASSERT_EQ(texts_of(blocks), now) << "seed " << seed << ", page " << page;
      texts = std::move(now);
    }
  }
}

}  // namespace
}  // namespace restorewatch
