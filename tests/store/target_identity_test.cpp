// Which record a key means when clusters get ids, new names, or names of others; held against every
// store. See jobs/target.h.

#include <gtest/gtest.h>

#include <set>

#include "store/every_store.h"
#include "store/samples.h"

namespace restorewatch {
namespace {

constexpr unsigned kFirst = 1;
constexpr unsigned kSecond = 2;
constexpr unsigned kThird = 3;

TargetKey renamed(TargetKey target) {
  target.cluster_name = "another name";
  return target;
}

TargetKey through(TargetKey target, Source source) {
  target.source = source;
  return target;
}

/// The store is closed and opened again after each step.
template <typename Maker>
class TargetIdentityTest : public EveryStoreTest<Maker> {
 protected:
  const TargetKey named_ = sample_target();
  const TargetKey first_ = with_id(sample_target(), kFirst);
  const TargetKey second_ = with_id(sample_target(), kSecond);

  /// Commits onto `expected` as the key's record, and applies it there.
  void commit_onto(TargetRecord& expected, const TargetKey& key, unsigned job_number) {
    const PollResult result = full_result(key, expected.version, job_number);
    ASSERT_EQ(this->commit(result), CommitStatus::Committed);
    apply(result, expected);
    this->restart();
  }

  /// `key` means that record, under its own name.
  void expect_means(const TargetKey& key, TargetRecord expected) {
    expected.key = key;
    EXPECT_EQ(this->loaded(key), expected);
  }

  std::set<TargetKey> known_targets() {
    Result<std::vector<TargetKey>> keys = this->jobs().known_targets();
    EXPECT_TRUE(keys.ok()) << keys.error().detail;
    if (!keys.ok()) return {};
    std::set<TargetKey> distinct(keys->begin(), keys->end());
    EXPECT_EQ(distinct.size(), keys->size());
    return distinct;
  }

  /// No other version is taken.
  void expect_guarded(const TargetKey& key, std::uint64_t version) {
    EXPECT_EQ(this->commit(full_result(key, version + 1, 90)), CommitStatus::Conflict);
    EXPECT_EQ(this->commit(full_result(key, version == 0 ? 7 : version - 1, 91)),
              CommitStatus::Conflict);
  }

  /// Notes a look and waits until it is written.
  void look_at(const TargetKey& key, WallTime at) {
    this->jobs().checkpoint({{key, at}});
    const TargetKey other = sample_target(9);
    const std::uint64_t version = this->loaded(other).version;
    ASSERT_EQ(this->commit(sample_result(other, version)), CommitStatus::Committed);
    this->restart();
  }
};

TYPED_TEST_SUITE(TargetIdentityTest, EveryStore);

TYPED_TEST(TargetIdentityTest, AClusterWhoseIdIsLearnedKeepsItsRecord) {
  TargetRecord expected;
  this->commit_onto(expected, this->named_, 0);
  this->expect_means(this->first_, expected);
  this->expect_guarded(this->first_, 1);
  this->commit_onto(expected, this->first_, 1);
  this->expect_means(this->first_, expected);
}

TYPED_TEST(TargetIdentityTest, OnlyACommitMakesTheIdTheRecords) {
  TargetRecord expected;
  this->commit_onto(expected, this->named_, 0);
  this->look_at(this->first_, WallTime{std::chrono::hours{1}});
  expected.last_looked_at = WallTime{std::chrono::hours{1}};
  this->expect_means(this->first_, expected);
  this->expect_means(this->second_, expected);
  EXPECT_EQ(this->commit(full_result(this->first_, 3, 1)), CommitStatus::Conflict);
  this->expect_means(this->second_, expected);

  this->commit_onto(expected, this->second_, 1);
  this->expect_means(this->second_, expected);
  this->expect_means(this->first_, {});
}

TYPED_TEST(TargetIdentityTest, ARenamedClusterKeepsItsRecordAndTakesTheNewName) {
  TargetRecord expected;
  this->commit_onto(expected, this->first_, 0);
  this->expect_means(renamed(this->first_), expected);
  this->expect_guarded(renamed(this->first_), 1);
  this->expect_means(renamed(this->named_), {});

  this->commit_onto(expected, renamed(this->first_), 1);
  this->expect_means(renamed(this->first_), expected);
  this->expect_means(this->first_, expected);
  this->expect_means(renamed(this->named_), expected);
  this->expect_means(this->named_, {});
}

TYPED_TEST(TargetIdentityTest, ANameThatIsUsedAgainInheritsNothing) {
  TargetRecord old;
  TargetRecord replacement;
  this->commit_onto(old, this->first_, 0);
  this->expect_means(this->second_, {});
  this->expect_guarded(this->second_, 0);
  this->commit_onto(replacement, this->second_, 1);
  this->commit_onto(replacement, this->second_, 2);
  this->expect_means(this->first_, old);
  this->expect_means(this->second_, replacement);
  this->expect_guarded(this->second_, 2);
  this->commit_onto(old, this->first_, 3);
  this->expect_means(this->first_, old);
  this->expect_means(this->second_, replacement);
}

TYPED_TEST(TargetIdentityTest, ALookAtANameThatIsUsedAgainTouchesNoOtherRecord) {
  TargetRecord old;
  this->commit_onto(old, this->first_, 0);
  TargetRecord looked;
  looked.last_looked_at = WallTime{std::chrono::hours{1}};
  this->look_at(this->second_, *looked.last_looked_at);
  this->expect_means(this->second_, looked);
  this->expect_means(this->first_, old);
  this->commit_onto(looked, this->second_, 1);
  this->expect_means(this->second_, looked);
}

TYPED_TEST(TargetIdentityTest, AKeyWithoutAnIdMeansTheNewestOfItsNameAndLeavesItItsId) {
  TargetRecord old;
  TargetRecord replacement;
  this->commit_onto(old, this->first_, 0);
  this->expect_means(this->named_, old);
  this->commit_onto(replacement, this->second_, 1);
  this->commit_onto(old, this->first_, 2);
  this->expect_means(this->named_, replacement);
  this->expect_guarded(this->named_, 1);

  this->commit_onto(replacement, this->named_, 3);
  this->expect_means(this->named_, replacement);
  this->expect_means(with_id(sample_target(), kThird), {});  // there is none without an id
  this->expect_means(this->second_, replacement);
  this->expect_means(this->first_, old);

  replacement.last_looked_at = WallTime{std::chrono::hours{1}};
  this->look_at(this->named_, *replacement.last_looked_at);
  this->expect_means(this->second_, replacement);
}

TYPED_TEST(TargetIdentityTest, AKeyWithoutAnIdPrefersTheRecordThatHasNone) {
  TargetRecord without;
  TargetRecord with;
  this->commit_onto(without, renamed(this->named_), 0);
  this->commit_onto(with, this->first_, 1);
  this->commit_onto(with, renamed(this->first_), 2);  // both have that name now
  this->expect_means(renamed(this->named_), without);
  this->expect_means(renamed(this->first_), with);
  this->expect_means(renamed(this->second_), without);
  this->commit_onto(without, renamed(this->named_), 3);
  this->expect_means(renamed(this->named_), without);
  this->expect_means(renamed(this->first_), with);
}

TYPED_TEST(TargetIdentityTest, EachSourceOfAClusterHasARecordOfItsOwn) {
  const TargetKey collection = through(this->first_, Source::Collection);
  TargetRecord dedicated;
  TargetRecord of_collections;
  this->commit_onto(dedicated, this->named_, 0);
  this->expect_means(collection, {});
  this->commit_onto(of_collections, collection, 1);
  this->commit_onto(dedicated, this->first_, 2);
  this->commit_onto(of_collections, renamed(collection), 3);
  this->expect_means(this->first_, dedicated);
  this->expect_means(collection, of_collections);
  this->expect_means(this->named_, dedicated);
  this->expect_means(renamed(this->named_), {});
}

TYPED_TEST(TargetIdentityTest, TheSameIdInAnotherProjectIsAnotherCluster) {
  TargetKey elsewhere = this->first_;
  elsewhere.project_id = sample_target(6).project_id;
  TargetRecord here;
  this->commit_onto(here, this->first_, 0);
  this->expect_means(elsewhere, {});
}

TYPED_TEST(TargetIdentityTest, KnowsEachRecordThatWasCommittedToByItsLastName) {
  TargetRecord one;
  TargetRecord other;
  this->commit_onto(one, this->named_, 0);
  this->commit_onto(other, through(this->second_, Source::Collection), 1);
  this->look_at(sample_target(5), WallTime{std::chrono::hours{1}});  // commits to number 9
  EXPECT_EQ(this->known_targets(),
            (std::set{this->named_, through(this->second_, Source::Collection), sample_target(9)}));
  TargetRecord third;
  this->commit_onto(third, renamed(this->first_), 2);  // neither id nor name is known
  this->commit_onto(other, renamed(through(this->second_, Source::Collection)), 3);
  EXPECT_EQ(this->known_targets(),
            (std::set{this->named_, renamed(this->first_),
                      renamed(through(this->second_, Source::Collection)), sample_target(9)}));
}

TYPED_TEST(TargetIdentityTest, TheJournalTellsTheKeyAsItWas) {
  ASSERT_EQ(this->commit(sample_result(this->named_, 0)), CommitStatus::Committed);
  ASSERT_EQ(this->commit(sample_result(this->first_, 1)), CommitStatus::Committed);
  this->restart();
  const std::vector<JournalEntry> entries = this->entries(0);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].transition()->target, this->named_);
  EXPECT_EQ(entries[1].transition()->target, this->first_);
}

}  // namespace
}  // namespace restorewatch
