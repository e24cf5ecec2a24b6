#include "atlas/answer_digest.h"

#include <xxhash.h>

#include <random>

namespace restorewatch {
namespace {

std::uint64_t random_number() {
  std::random_device random;
  return std::uint64_t{random()} << 32U | random();
}

}  // namespace

AnswerDigester::AnswerDigester() : seed_(random_number()) {}

AnswerDigest AnswerDigester::operator()(std::string_view body) const {
  return XXH3_64bits_withSeed(body.data(), body.size(), seed_);
}

}  // namespace restorewatch
