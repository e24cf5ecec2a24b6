// Reading a list only as far as there is news in it.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "atlas/client_test_base.h"
#include "atlas/job_samples.h"
#include "atlas/paging.h"

namespace restorewatch {
namespace {

/// Job `number` was requested `number` minutes after the first; those at work are not settled.
RestoreJob job(unsigned number, bool settled) {
  return fixture_job(number, Delivery::Automated,
                     settled ? JobState::Completed : JobState::InProgress);
}

bool is_settled(const RestoreJob& job) {
  return job.state == JobState::Completed;
}

Page page_of(std::vector<RestoreJob> jobs, bool has_next = true) {
  Page page;
  page.jobs = std::move(jobs);
  page.has_links = true;
  page.has_next = has_next;
  return page;
}

TEST(EarlyStopTest, EndsBehindAPageOfSettledJobs) {
  Paging paging(2, is_settled);
  EXPECT_TRUE(paging.add(page_of({job(9, true), job(8, false)})));
  EXPECT_FALSE(paging.add(page_of({job(7, true), job(6, true)})));
  const Listing listing = paging.take();
  EXPECT_EQ(listing.extent, Extent::Newest);
  EXPECT_FALSE(listing.complete());
  EXPECT_FALSE(listing.error);
  EXPECT_EQ(listing.jobs.size(), 4U);
}

TEST(EarlyStopTest, WithoutBeingAskedToItGoesOn) {
  Paging paging(2);
  EXPECT_TRUE(paging.add(page_of({job(9, true), job(8, true)})));
  EXPECT_EQ(paging.take().extent, Extent::Whole);
}

TEST(EarlyStopTest, TheLastPageIsTheEndOfTheList) {
  Paging paging(2, is_settled);
  EXPECT_FALSE(paging.add(page_of({job(9, true), job(8, true)}, false)));
  EXPECT_TRUE(paging.take().complete());
}

TEST(EarlyStopTest, AnEmptyPageSaysNothing) {
  Paging paging(2, is_settled);
  EXPECT_TRUE(paging.add(page_of({})));
  EXPECT_EQ(paging.take().extent, Extent::Whole);
}

TEST(EarlyStopTest, BehindAnUnreadableRowThereMayBeAnything) {
  Paging paging(3, is_settled);
  Page page = page_of({job(9, true), job(8, true)});
  page.unreadable.push_back({"6a79a0005f1c2b3d4e5f6071", "failed: not true or false"});
  EXPECT_TRUE(paging.add(page));
  EXPECT_TRUE(paging.add(page_of({job(7, true), job(6, true)})));
}

TEST(EarlyStopTest, AnotherOrderIsReadToItsEnd) {
  Paging oldest_first(2, is_settled);
  EXPECT_TRUE(oldest_first.add(page_of({job(1, true), job(2, true)})));
  Paging over_pages(2, is_settled);
  EXPECT_TRUE(over_pages.add(page_of({job(8, true), job(7, false)})));
  EXPECT_TRUE(over_pages.add(page_of({job(9, true), job(6, true)})));
  EXPECT_TRUE(over_pages.add(page_of({job(5, true), job(4, true)})));
}

TEST(EarlyStopTest, JobsOfTheSameMomentAreInOrder) {
  Paging paging(2, is_settled);
  RestoreJob twin = job(9, true);
  twin.id = id_of("6a79a0005f1c2b3d4e5f6071");
  EXPECT_FALSE(paging.add(page_of({job(9, true), twin})));
}

class EarlyStopOfClientTest : public ClientTest {};

TEST_F(EarlyStopOfClientTest, ReadsTheSameAnswerOnce) {
  transport_.set_script([](const HttpRequest&) { return http(200, R"({"results":[]})"); });
  const Listing first = list(target(Source::Dedicated));
  ASSERT_TRUE(first.answer.has_value());
  EXPECT_FALSE(first.unchanged);
  const auto again = [&](std::optional<AnswerDigest> known) {
    return result_of<Listing>([&](auto done) {
      client_.list(target(Source::Dedicated), {nullptr, known}, done);
    });
  };
  EXPECT_TRUE(again(first.answer).unchanged);
  EXPECT_EQ(again(first.answer).answer, first.answer);
  EXPECT_FALSE(again(std::nullopt).unchanged);
  transport_.set_script([](const HttpRequest&) { return http(200, R"({"results": []})"); });
  EXPECT_FALSE(again(first.answer).unchanged);
}

TEST_F(EarlyStopOfClientTest, AListOfSeveralPagesHasNoAnswerOfItsOwn) {
  transport_.set_script([this](const HttpRequest&) {
    const bool is_first = transport_.requests().size() == 1;
    return http(200, is_first ? R"({"links":[{"rel":"next"}],"results":[
      {"id":"6a79a0005f1c2b3d4e5f6071","deliveryType":"automated","cancelled":false,"expired":false,
       "failed":false,"finishedAt":"2026-08-05T10:00:00Z","timestamp":"2026-08-05T09:00:00Z"}]})"
                              : R"({"results":[]})");
  });
  const Listing listing = list(target(Source::Dedicated));
  EXPECT_TRUE(listing.complete());
  EXPECT_FALSE(listing.answer.has_value());
}

TEST_F(EarlyStopOfClientTest, AsksForNoMorePagesThanItNeeds) {
  transport_.set_script([](const HttpRequest&) {
    return http(200, R"({"links":[{"rel":"next"}],"results":[
      {"id":"6a79a0005f1c2b3d4e5f6071","deliveryType":"automated","cancelled":false,"expired":false,
       "failed":false,"finishedAt":"2026-08-05T10:00:00Z","timestamp":"2026-08-05T09:00:00Z"}]})");
  });
  const auto listing = result_of<Listing>([&](auto done) {
    client_.list(target(Source::Dedicated), {is_settled, {}}, done);
  });
  EXPECT_FALSE(listing.error) << listing.error->detail;
  EXPECT_EQ(listing.extent, Extent::Newest);
  EXPECT_EQ(transport_.requests().size(), 1U);
}

/// A list as chance makes it: mostly newest first.
std::vector<RestoreJob> list_by(std::mt19937& random) {
  std::vector<RestoreJob> rows;
  for (auto number = static_cast<unsigned>(1 + random() % 24); number > 0; --number) {
    rows.push_back(job(number, random() % 3 != 0));
  }
  for (auto swaps = random() % 3; swaps > 0; --swaps) {
    std::swap(rows[random() % rows.size()], rows[random() % rows.size()]);
  }
  return rows;
}

/// The rows from number `from` on, as a page; sometimes its last row cannot be read.
Page page_at(std::size_t from, std::size_t size, const std::vector<RestoreJob>& rows,
             std::mt19937& random) {
  const std::size_t end = std::min(from + size, rows.size());
  Page page = page_of({rows.begin() + static_cast<std::ptrdiff_t>(from),
                       rows.begin() + static_cast<std::ptrdiff_t>(end)},
                      end < rows.size());
  if (random() % 20 != 0) return page;
  page.unreadable.push_back({to_string(page.jobs.back().id), "odd"});
  page.jobs.pop_back();
  return page;
}

/// How many rows may be left out: those behind the first page of settled jobs, if all rows up to
/// its end come newest first.
std::size_t rows_needed(const std::vector<RestoreJob>& rows, std::size_t size) {
  for (std::size_t end = size; end < rows.size(); end += size) {
    const auto stop = rows.begin() + static_cast<std::ptrdiff_t>(end);
    const auto newer = [](const auto& a, const auto& b) { return a.requested_at > b.requested_at; };
    if (!std::is_sorted(rows.begin(), stop, newer)) return rows.size();
    if (std::all_of(stop - static_cast<std::ptrdiff_t>(size), stop, is_settled)) return end;
  }
  return rows.size();
}

TEST(EarlyStopPropertyTest, ReadsAsFarAsThereMayBeNewsAndNoFurther) {
  int stopped = 0;
  for (std::uint32_t seed = 1; seed <= 4000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::vector<RestoreJob> rows = list_by(random);
    const std::size_t size = 1 + random() % 4;
    Paging paging(size, is_settled);
    std::size_t read = 0;
    do {
      read += size;
    } while (paging.add(page_at(read - size, size, rows, random)));
    const Listing listing = paging.take();
    ASSERT_FALSE(listing.error);
    const std::size_t needed = listing.unreadable.empty() ? rows_needed(rows, size) : rows.size();
    EXPECT_EQ(std::min(read, rows.size()), needed);
    EXPECT_EQ(listing.extent, needed < rows.size() ? Extent::Newest : Extent::Whole);
    EXPECT_EQ(listing.jobs.size() + listing.unreadable.size(), needed);
    stopped += needed < rows.size() ? 1 : 0;
  }
  EXPECT_GT(stopped, 500);
}

}  // namespace
}  // namespace restorewatch
