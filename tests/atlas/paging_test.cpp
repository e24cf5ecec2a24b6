#include "atlas/paging.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

JobId job_id(unsigned number) {
  JobId id;
  id.bytes[10] = static_cast<std::uint8_t>(number >> 8U);
  id.bytes[11] = static_cast<std::uint8_t>(number & 0xFFU);
  return id;
}

enum class Links { None, Last, Next };

Page page_of(const std::vector<unsigned>& numbers, Links links,
             JobState state = JobState::InProgress) {
  Page page;
  for (const unsigned number : numbers) {
    RestoreJob job;
    job.id = job_id(number);
    job.state = state;
    page.jobs.push_back(job);
  }
  page.has_links = links != Links::None;
  page.has_next = links == Links::Next;
  return page;
}

std::vector<JobId> ids_of(const Listing& listing) {
  std::vector<JobId> ids;
  for (const RestoreJob& job : listing.jobs) ids.push_back(job.id);
  return ids;
}

TEST(PagingTest, EndsWithoutALinkToTheNextPage) {
  Paging paging(2);
  EXPECT_EQ(paging.page_number(), 1);
  EXPECT_TRUE(paging.add(page_of({4, 3}, Links::Next)));
  EXPECT_EQ(paging.page_number(), 2);
  EXPECT_FALSE(paging.add(page_of({2, 1}, Links::Last)));  // full, and yet the last
  const Listing listing = paging.take();
  EXPECT_TRUE(listing.complete());
  EXPECT_EQ(ids_of(listing), (std::vector{job_id(1), job_id(2), job_id(3), job_id(4)}));
}

TEST(PagingTest, WithoutAnyLinksAShortPageIsTheLast) {
  Paging paging(2);
  EXPECT_TRUE(paging.add(page_of({1, 2}, Links::None)));
  EXPECT_FALSE(paging.add(page_of({3}, Links::None)));
  EXPECT_EQ(paging.take().jobs.size(), 3U);
}

TEST(PagingTest, UnreadableRowsAreRows) {
  Paging paging(2);
  Page page = page_of({1}, Links::None);
  page.unreadable.push_back({"x", "y"});
  EXPECT_TRUE(paging.add(page));
  EXPECT_FALSE(paging.add(page_of({}, Links::None)));
  const Listing listing = paging.take();
  EXPECT_EQ(listing.unreadable, (std::vector<UnreadableJob>{{"x", "y"}}));
  EXPECT_TRUE(listing.complete());
}

TEST(PagingTest, AShortPageWithALinkIsNotTheLast) {
  Paging paging(500);
  EXPECT_TRUE(paging.add(page_of({1}, Links::Next)));
}

TEST(PagingTest, TheLaterPageWinsForAJobThatComesTwice) {
  Paging paging(2);
  paging.add(page_of({2, 1}, Links::Next, JobState::InProgress));
  paging.add(page_of({1, 0}, Links::Last, JobState::Completed));
  const Listing listing = paging.take();
  ASSERT_EQ(ids_of(listing), (std::vector{job_id(0), job_id(1), job_id(2)}));
  EXPECT_EQ(listing.jobs[1].state, JobState::Completed);
  EXPECT_EQ(listing.jobs[2].state, JobState::InProgress);
}

TEST(PagingTest, APageThatRepeatsTheOneBeforeEndsTheList) {
  Paging paging(2);
  EXPECT_TRUE(paging.add(page_of({1, 2}, Links::Next)));
  EXPECT_FALSE(paging.add(page_of({1, 2}, Links::Next)));
  const Listing listing = paging.take();
  EXPECT_EQ(listing.jobs.size(), 2U);
  ASSERT_FALSE(listing.complete());
  EXPECT_EQ(listing.error->kind, ErrorKind::Malformed);
  EXPECT_EQ(listing.error->detail, "page 2: it has only rows of earlier pages");
}

TEST(PagingTest, AnEmptyListIsComplete) {
  Paging paging(500);
  EXPECT_FALSE(paging.add(page_of({}, Links::None)));
  EXPECT_TRUE(paging.take().complete());
}

TEST(PagingTest, EndsAtThePageLimit) {
  Paging paging(1);
  for (unsigned page = 1; page < Paging::kMaxPages; ++page) {
    ASSERT_TRUE(paging.add(page_of({page}, Links::Next)));
  }
  EXPECT_FALSE(paging.add(page_of({Paging::kMaxPages}, Links::Next)));
  const Listing listing = paging.take();
  EXPECT_EQ(listing.jobs.size(), static_cast<std::size_t>(Paging::kMaxPages));
  ASSERT_FALSE(listing.complete());
  EXPECT_EQ(listing.error->detail, "page 1000: the list has not ended by now");
}

TEST(PagingTest, AFailureKeepsWhatWasReadAndWhatWasSaid) {
  Paging paging(1);
  paging.add(page_of({1}, Links::Next));
  paging.fail(Error{ErrorKind::Throttled, "HTTP 429", std::chrono::seconds(9)});
  const Listing listing = paging.take();
  EXPECT_EQ(listing.jobs.size(), 1U);
  ASSERT_FALSE(listing.complete());
  EXPECT_EQ(listing.error->kind, ErrorKind::Throttled);
  EXPECT_EQ(listing.error->detail, "page 2: HTTP 429");
  EXPECT_EQ(listing.error->retry_after, std::chrono::seconds(9));
}

TEST(PagingTest, PagesThatTakeTurnsEndTheList) {
  Paging paging(2);
  EXPECT_TRUE(paging.add(page_of({1, 2}, Links::Next)));
  EXPECT_TRUE(paging.add(page_of({3, 4}, Links::Next)));
  EXPECT_FALSE(paging.add(page_of({1, 2}, Links::Next)));
  EXPECT_FALSE(paging.take().complete());
}

TEST(PagingTest, EmptyPagesWithALinkEndTheList) {
  Paging paging(2);
  EXPECT_TRUE(paging.add(page_of({}, Links::Next)));
  EXPECT_FALSE(paging.add(page_of({}, Links::Next)));
  EXPECT_FALSE(paging.take().complete());
}

TEST(PagingTest, ALastPageOfRepeatsIsNothingOdd) {
  Paging paging(2);
  EXPECT_TRUE(paging.add(page_of({2, 1}, Links::Next)));
  EXPECT_FALSE(paging.add(page_of({1}, Links::Last)));
  EXPECT_TRUE(paging.take().complete());
}

TEST(PagingTest, TooManyUnreadableJobsAreAnAnswerThatIsWrong) {
  Paging paging(500);
  Page page = page_of({1}, Links::Last);
  for (unsigned i = 0; i <= Paging::kMaxUnreadable; ++i) {
    page.unreadable.push_back({to_string(job_id(100 + i)), "finishedAt: not a time"});
  }
  EXPECT_FALSE(paging.add(page));
  const Listing listing = paging.take();
  ASSERT_FALSE(listing.complete());
  EXPECT_EQ(listing.error->kind, ErrorKind::Malformed);
  EXPECT_NE(listing.error->detail.find("finishedAt: not a time"), std::string::npos);
  EXPECT_EQ(listing.unreadable.size(), Paging::kMaxUnreadable);
  EXPECT_EQ(listing.jobs.size(), 1U);
}

}  // namespace
}  // namespace restorewatch
