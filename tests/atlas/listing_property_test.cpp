// Lists as chance makes them: rows in any order, members in any order, some missing, some that
// nobody knows, words that nobody knows; new rows push others onto the next page while the list is
// read, and jobs change. What comes out is each job as it was shown last.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "atlas/decode_jobs.h"
#include "atlas/job_samples.h"
#include "atlas/paging.h"

namespace restorewatch {
namespace {

constexpr std::uint32_t kRuns = 1500;  // of each family

/// A job, how it is written, and what is to be read.
struct Written {
  RestoreJob expected;
  std::vector<std::string> members;
  bool has_unknown_word = false;
};

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool coin() { return below(2) == 0; }

  template <typename T>
  void shuffle(std::vector<T>& things) {
    for (std::size_t i = things.size(); i > 1; --i) std::swap(things[i - 1], things[below(i)]);
  }

  ObjectId id() {
    ObjectId id = id_of("6a79a0005f1c2b3d4e5f6071");
    for (std::size_t i = 2; i < id.bytes.size(); ++i)
      id.bytes[i] = static_cast<std::uint8_t>(below(256));
    return id;
  }

  WallTime time() { return fixture_time(static_cast<unsigned>(below(100'000))); }

 private:
  std::mt19937 random_;
};

std::string member(const std::string& name, const std::string& json) {
  return "\"" + name + "\":" + json;
}

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

/// A time that may be there, be null or be missing.
std::optional<WallTime> maybe_time(Chance& chance, Written& job, const std::string& name) {
  const std::size_t what = chance.below(4);
  if (what == 0) job.members.push_back(member(name, "null"));
  if (what <= 1) return std::nullopt;
  const WallTime time = chance.time();
  job.members.push_back(member(name, quoted(format_time(time))));
  return time;
}

void add_extras(Chance& chance, Written& job) {
  const std::vector<std::string> extras{R"("links":[{"href":"https://x/hunter2","rel":"next"}])",
                                        R"("later":{"id":"x","failed":true})",
                                        R"("percent":99.5)",
                                        R"("clusterName":"other")",
                                        R"("instanceName":null)",
                                        R"("empty":[])"};
  for (const std::string& extra : extras) {
    if (chance.below(3) == 0) job.members.push_back(extra);
  }
}

Written common_job(Chance& chance, const JobId& id, const std::string& target_project) {
  Written job;
  job.expected.id = id;
  job.expected.requested_at = created_at(id);
  job.members.push_back(member("id", quoted(to_string(id))));
  if (chance.coin()) {
    job.expected.snapshot_id = chance.id();
    job.members.push_back(member("snapshotId", quoted(to_string(*job.expected.snapshot_id))));
  }
  if (chance.coin()) {
    job.expected.target_project_id = chance.id();
    job.members.push_back(
        member(target_project, quoted(to_string(*job.expected.target_project_id))));
  }
  add_extras(chance, job);
  return job;
}

void take_requested(Chance& chance, Written& job, const std::string& name) {
  job.expected.requested_at = maybe_time(chance, job, name).value_or(job.expected.requested_at);
}

struct Flags {
  bool failed = false;
  bool cancelled = false;
  bool expired = false;
};

/// Flags that are not set may be missing.
Flags take_flags(Chance& chance, Written& job) {
  const auto flag = [&](const char* name) {
    const bool set = chance.below(4) == 0;
    if (set || chance.coin()) job.members.push_back(member(name, set ? "true" : "false"));
    return set;
  };
  return Flags{flag("failed"), flag("cancelled"), flag("expired")};
}

void take_flag_delivery(Chance& chance, Written& job) {
  const std::size_t which = chance.below(4);
  job.has_unknown_word = which == 0;
  job.expected.delivery = which == 0   ? Delivery::Unknown
                          : which == 1 ? Delivery::Automated
                                       : Delivery::Download;
  const char* word = which == 0 ? "osmosis" : which == 1 ? "automated" : "download";
  job.members.push_back(member("deliveryType", quoted(word)));
}

void expect_state(const Flags& flags, RestoreJob& job) {
  if (flags.failed) {
    job.state = JobState::Failed;
  } else if (flags.cancelled) {
    job.state = JobState::Cancelled;
  } else if (flags.expired) {
    job.state = JobState::Expired;
  } else if (job.finished_at) {
    job.state = JobState::Completed;
  } else {
    job.state = job.has_link ? JobState::Ready : JobState::InProgress;
  }
}

void expect_outcome(const Flags& flags, RestoreJob& job) {
  const bool had_link = job.delivery == Delivery::Download && (job.has_link || job.expires_at);
  if (flags.failed) {
    job.outcome = Outcome::Failed;
  } else if (flags.cancelled) {
    job.outcome = Outcome::Cancelled;
  } else if (job.finished_at || had_link) {
    job.outcome = Outcome::Completed;
  } else if (flags.expired) {
    job.outcome = Outcome::Expired;
  }
}

Written flag_job(Chance& chance, const JobId& id) {
  Written job = common_job(chance, id, "targetGroupId");
  RestoreJob& expected = job.expected;
  const Flags flags = take_flags(chance, job);
  take_flag_delivery(chance, job);
  const bool link = chance.coin();
  job.members.push_back(member("deliveryUrl", link ? R"(["https://x/hunter2"])" : "[]"));
  expected.has_link = link && expected.delivery == Delivery::Download;
  expected.finished_at = maybe_time(chance, job, "finishedAt");
  expected.expires_at = maybe_time(chance, job, "expiresAt");
  expected.snapshot_at = expected.recovery_point = maybe_time(chance, job, "timestamp");
  take_requested(chance, job, "createdAt");
  expect_state(flags, expected);
  expect_outcome(flags, expected);
  return job;
}

struct Word {
  std::string text;
  JobState state;
  std::optional<Outcome> outcome;
};

/// Picks a word, or one that nobody knows, or none.
void take_word(Chance& chance, Written& job, const std::string& name,
               const std::vector<Word>& words) {
  const std::size_t which = chance.below(words.size() + 2);
  if (which < words.size()) {
    job.members.push_back(member(name, quoted(words[which].text)));
    job.expected.state = words[which].state;
    job.expected.outcome = words[which].outcome;
  } else if (which == words.size()) {
    job.members.push_back(member(name, quoted("EVAPORATED")));
    job.has_unknown_word = true;
  }
}

Written status_job(Chance& chance, const JobId& id) {
  Written job = common_job(chance, id, "targetProjectId");
  RestoreJob& expected = job.expected;
  take_word(chance, job, "status",
            {{"PENDING", JobState::Pending, {}},
             {"QUEUED", JobState::Queued, {}},
             {"RUNNING", JobState::Running, {}},
             {"COMPLETED", JobState::Completed, Outcome::Completed},
             {"CLOSED", JobState::Completed, Outcome::Completed},
             {"FAILED", JobState::Failed, Outcome::Failed}});
  const bool download = chance.coin();
  job.members.push_back(member("deliveryType", download ? R"("DOWNLOAD")" : R"("RESTORE")"));
  expected.delivery = download ? Delivery::Download : Delivery::Automated;
  const bool link = chance.coin();
  if (link) job.members.push_back(member("snapshotUrl", R"("https://x/hunter2")"));
  expected.has_link = download && link;
  // By the documented name, by the example's, or both: then the documented counts.
  const auto by_two_names = [&](const char* documented, const char* example) {
    const auto other = maybe_time(chance, job, example);
    const auto time = maybe_time(chance, job, documented);
    return time ? time : other;
  };
  expected.finished_at = by_two_names("restoreFinishedDate", "finishedDate");
  expected.snapshot_at = by_two_names("snapshotFinishedDate", "timestamp");
  expected.recovery_point = expected.snapshot_at;
  expected.requested_at =
      by_two_names("restoreScheduledDate", "submittedAt").value_or(expected.requested_at);
  const auto expires = maybe_time(chance, job, "expirationDate");
  if (download) expected.expires_at = expires;
  return job;
}

Written collection_job(Chance& chance, const JobId& id) {
  Written job = common_job(chance, id, "targetGroupId");
  RestoreJob& expected = job.expected;
  expected.delivery = Delivery::Collection;
  take_word(chance, job, "state",
            {{"INITIALIZING", JobState::Pending, {}},
             {"IN_PROGRESS", JobState::Running, {}},
             {"FINALIZING", JobState::Running, {}},
             {"SUCCESSFUL", JobState::Completed, Outcome::Completed},
             {"CANCELED", JobState::Cancelled, Outcome::Cancelled},
             {"FAILED", JobState::Failed, Outcome::Failed}});
  take_requested(chance, job, "createdAt");
  expected.finished_at = maybe_time(chance, job, "finishedAt");
  if (chance.coin()) {
    const std::size_t restored = chance.below(1000);
    expected.progress = RestoreProgress{restored, 1000, 0};
    job.members.push_back(member("restoredDocuments", std::to_string(restored)));
    job.members.push_back(member("totalDocuments", "1000"));
  }
  return job;
}

struct Family {
  std::string_view name;
  const JobFamily& (*decoder)();
  Written (*write)(Chance&, const JobId&);
};

/// A list that is read page by page and does not keep still.
class ShiftingServer {
 public:
  ShiftingServer(const Family& family, std::uint32_t seed)
      : family_(family), chance_(seed), page_size_(1 + chance_.below(8)), links_(chance_.coin()) {
    const std::size_t count = chance_.below(30);
    for (std::size_t i = 0; i < count; ++i) {
      jobs_.push_back(family_.write(chance_, chance_.id()));
      at_the_start_.push_back(jobs_.back().expected.id);
    }
    chance_.shuffle(jobs_);
  }

  std::size_t page_size() const { return page_size_; }
  const std::vector<JobId>& at_the_start() const { return at_the_start_; }
  const std::map<JobId, Written>& shown() const { return shown_; }

  std::string page(int number) {
    if (number > 1) shift();
    const std::size_t first =
        std::min(jobs_.size(), (static_cast<std::size_t>(number) - 1) * page_size_);
    const std::size_t last = std::min(jobs_.size(), first + page_size_);
    std::string rows;
    for (std::size_t i = first; i < last; ++i) rows += (i > first ? "," : "") + row(jobs_[i]);
    const std::string relation = last < jobs_.size() ? "next" : "self";
    const std::string links = links_ ? R"(,"links":[{"rel":")" + relation + "\"}]" : "";
    return R"({"totalCount":1,"results":[)" + rows + "]" + links + "}";
  }

 private:
  /// Fewer new rows than a page holds, so that each page brings something new; one job changes.
  void shift() {
    for (std::size_t i = chance_.below(page_size_); i > 0; --i) {
      jobs_.insert(jobs_.begin(), family_.write(chance_, chance_.id()));
    }
    if (jobs_.empty()) return;
    Written& changed = jobs_[chance_.below(jobs_.size())];
    changed = family_.write(chance_, changed.expected.id);
  }

  std::string row(Written& job) {
    chance_.shuffle(job.members);
    shown_[job.expected.id] = job;
    std::string members;
    for (const std::string& one : job.members) members += (members.empty() ? "" : ", ") + one;
    return "{" + members + "}";
  }

  const Family& family_;
  Chance chance_;
  std::size_t page_size_;
  bool links_;
  std::vector<Written> jobs_;
  std::vector<JobId> at_the_start_;
  std::map<JobId, Written> shown_;  // as each was shown last
};

Listing read_all(ShiftingServer& server, const Family& family) {
  JsonParser parser;
  Paging paging(server.page_size());
  for (bool more = true; more;) {
    std::string body = server.page(paging.page_number());
    auto page = decode_page(family.decoder(), parser, body);
    EXPECT_TRUE(page) << body << page.error().detail;
    more = page && paging.add(std::move(*page));
  }
  return paging.take();
}

class ListingPropertyTest : public testing::TestWithParam<Family> {};

TEST_P(ListingPropertyTest, EachJobIsReadAsItWasShownLast) {
  for (std::uint32_t seed = 1; seed <= kRuns; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    ShiftingServer server(GetParam(), seed);
    const Listing listing = read_all(server, GetParam());
    ASSERT_TRUE(listing.complete()) << listing.error->detail;
    ASSERT_TRUE(listing.unreadable.empty()) << listing.unreadable[0].reason;
    std::vector<RestoreJob> expected;
    std::vector<JobId> with_unknown_words;
    for (const auto& [id, job] : server.shown()) {
      expected.push_back(job.expected);
      if (job.has_unknown_word) with_unknown_words.push_back(id);
    }
    ASSERT_EQ(listing.jobs, expected);
    std::vector<JobId> told;
    for (const UnknownWord& word : listing.unknown_words) told.push_back(word.job);
    std::ranges::sort(told);
    ASSERT_EQ(told, with_unknown_words);
    for (const JobId& id : server.at_the_start()) ASSERT_TRUE(server.shown().contains(id));
  }
}

INSTANTIATE_TEST_SUITE_P(Families, ListingPropertyTest,
                         testing::Values(Family{"Flags", flag_jobs, flag_job},
                                         Family{"Status", status_jobs, status_job},
                                         Family{"Collection", collection_jobs, collection_job}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace restorewatch
