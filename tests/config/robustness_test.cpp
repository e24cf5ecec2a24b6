// No file may crash the loader, hang it or make it throw, however it came to be damaged.

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "config/load_config.h"
#include "config_folder.h"

namespace restorewatch {
namespace {

class RobustnessTest : public testing::Test {
 protected:
  RobustnessTest() : example_(read_text_file(std::string(RW_SOURCE_DIR) + kExample)) {}

  /// Either a configuration or a reason for there being none.
  void load(const std::string& text) const {
    const ConfigOutcome outcome = folder_.load(text);
    ASSERT_NE(outcome.config.has_value(), !outcome.problems.empty());
  }

  static constexpr const char* kExample = "/config/restorewatch.yaml";
  ConfigFolder folder_;
  std::string example_;
};

TEST_F(RobustnessTest, EveryPrefixOfTheExample) {
  ASSERT_GT(example_.size(), 1000U);
  for (std::size_t size = 0; size <= example_.size(); ++size) load(example_.substr(0, size));
}

TEST_F(RobustnessTest, FlippedBits) {
  std::mt19937 random(20240607);
  std::uniform_int_distribution<std::size_t> place(0, example_.size() - 1);
  std::uniform_int_distribution<unsigned> bit(0, 7);
  for (int round = 0; round < 300; ++round) {
    std::string text = example_;
    for (int flip = 0; flip <= round % 4; ++flip) {
      char& byte = text[place(random)];
      byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit(random)));
    }
    load(text);
  }
}

/// Text that is YAML more often than damaged bytes are.
TEST_F(RobustnessTest, ShuffledPieces) {
  constexpr std::array kPieces{"credentials", "projects", "poll",   ": ", ":\n",   "\n",
                               "  ",          "- ",       "{",      "}",  "[",     "]",
                               ", ",          "\"",       "'",      "#",  "|\n",   ">\n",
                               "&a ",         "*a",       "!t ",    "? ", "---\n", "...\n",
                               "null",        "5s",       "name",   "id", "<<",    "%YAML 1.2\n",
                               "\xC3\xA9",    "\r\n",     "\\u0041"};
  std::mt19937 random(7);
  std::uniform_int_distribution<std::size_t> piece(0, std::size(kPieces) - 1);
  for (int round = 0; round < 600; ++round) {
    std::string text;
    for (int i = 0; i < 5 + round % 40; ++i) text += kPieces[piece(random)];
    load(text);
  }
}

TEST_F(RobustnessTest, ManyOfEverything) {
  constexpr std::size_t kHalfOfTheLimit = 1U << 19U;
  const auto many = [](const std::string& piece) {
    std::string text;
    while (text.size() + piece.size() < kHalfOfTheLimit) text += piece;
    return text;
  };
  for (const std::string piece : {"a: 1\n", "- a\n", "[", "{", "? ", "- ", "a: &a 1\n", "\"", "'\n",
                                  "--- a\n", "!a ", "{}\n", ": \n", "a\n", "[],"}) {
    load(many(piece));
  }
  load("credentials:\n" + many("- {name: a}\n"));
  std::string tags = "discovery: {include: [{tags: {";
  for (int i = 0; tags.size() < kHalfOfTheLimit; ++i) tags += "t" + std::to_string(i) + ": x, ";
  load(tags + "}}]}\n");
}

}  // namespace
}  // namespace restorewatch
