#include "http/api.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "http/query_text.h"
#include "http/sample_site.h"

namespace restorewatch {
namespace {

using namespace testing_site;

/// All the values of `"key":"..."` in the order in which they are there.
std::vector<std::string> values(const std::string& json, const std::string& key) {
  std::vector<std::string> found;
  const std::string begin = "\"" + key + "\":\"";
  for (std::size_t at = json.find(begin); at != std::string::npos; at = json.find(begin, at)) {
    at += begin.size();
    found.push_back(json.substr(at, json.find('"', at) - at));
  }
  return found;
}

std::string next_cursor(const Reply& reply) {
  const auto cursors = values(reply.body, "next_cursor");
  return cursors.empty() ? "" : cursors.front();
}

/// The values of `key` in all pages, and how many pages there were.
struct Walked {
  std::vector<std::string> values;
  int pages = 0;
};

Walked walk(const std::function<Reply(const std::string&)>& get, const std::string& key) {
  Walked walked;
  std::string cursor;
  do {
    const Reply reply = get(cursor.empty() ? "" : "&cursor=" + cursor);
    EXPECT_EQ(reply.status, 200) << reply.body;
    for (const std::string& value : values(reply.body, key)) walked.values.push_back(value);
    cursor = next_cursor(reply);
    if (++walked.pages > 100) break;
  } while (!cursor.empty());
  return walked;
}

using Names = std::vector<std::string>;

class ApiTest : public testing::Test {
 protected:
  ApiTest() {
    site_.project('a', "shop");
    for (const char* const name : {"a1", "a2", "a3"}) site_.cluster(name);
    site_.project('b', "bank");
    for (const char* const name : {"b1", "b2"}) site_.cluster(name);
  }

  Reply targets(const std::string& query) { return api_targets(site_.source(), query); }
  Reply jobs(const std::string& query) { return api_jobs(site_.source(), query); }
  Reply transitions(const std::string& query) { return api_transitions(site_.source(), query); }

  SampleSite site_;
};

TEST_F(ApiTest, PagesOfTargetsAreTheWholeList) {
  for (const char* const limit : {"1", "2", "3", "5", "6"}) {
    const Walked walked = walk(
        [&](const std::string& cursor) { return targets(std::string("limit=") + limit + cursor); },
        "cluster_name");
    EXPECT_EQ(walked.values, (Names{"a1", "a2", "a3", "b1", "b2"})) << limit;
  }
}

TEST_F(ApiTest, ACursorHoldsThoughItsClusterIsGoneAndOthersCame) {
  const std::string cursor = next_cursor(targets("limit=2"));
  SampleSite later;
  later.project('a', "shop");
  for (const char* const name : {"a0", "a1", "a25", "a3"}) later.cluster(name);
  const Reply rest = api_targets(later.source(), "cursor=" + cursor);
  EXPECT_EQ(values(rest.body, "cluster_name"), (Names{"a25", "a3"}));
}

TEST_F(ApiTest, TargetsAreFilteredByNameAndState) {
  site_.cluster("b3").sight = Sight::Blind;
  EXPECT_EQ(values(targets("project=bank&cluster=b*").body, "cluster_name"),
            (Names{"b1", "b2", "b3"}));
  EXPECT_EQ(values(targets("state=blind").body, "cluster_name"), Names{"b3"});
  EXPECT_EQ(values(targets("state=wrong").body, "cluster_name"), Names{"b3"});
  EXPECT_EQ(values(targets("state=ok&project=bank").body, "cluster_name"), (Names{"b1", "b2"}));
  EXPECT_EQ(targets("project=none").body, "{\"items\":[],\"next_cursor\":null}\n");
}

TEST_F(ApiTest, ATargetSaysWhatIsKnownOfIt) {
  SampleSite site;
  site.project('c', "shop");
  TargetView& view = site.cluster("x");
  view.up = false;
  view.trouble = Trouble{ErrorKind::Forbidden, noon() - hours(1)};
  site.add_job(view, job(JobState::InProgress));
  site.objectives({hours(24), hours(2), {}});
  EXPECT_EQ(
      api_targets(site.source(), "").body,
      "{\"items\":[{\"project_id\":\"cccccccccccccccccccccccc\",\"project_name\":\"shop\","
      "\"cluster_name\":\"x\",\"tier\":\"dedicated\",\"paused\":false,\"deleted\":false,"
      "\"watched\":true,\"states\":[\"untested\",\"down\",\"active\"],"
      "\"sources\":[{\"source\":\"dedicated\",\"watched\":true,\"sight\":\"visible\",\"up\":false,"
      "\"last_looked_at\":\"2026-08-10T11:59:00Z\","
      "\"error\":{\"kind\":\"forbidden\",\"since\":\"2026-08-10T11:00:00Z\"},"
      "\"effective_interval_s\":60,\"jobs\":{\"in_progress\":1}}],"
      "\"active_jobs\":1,\"oldest_active_requested_at\":\"2026-08-10T11:00:00Z\","
      "\"links_open\":0,\"last_success\":[],\"last_failure\":[],\"last_violation\":[],"
      "\"objectives\":{\"drill_interval_s\":86400,\"restore_duration_s\":7200}}],"
      "\"next_cursor\":null}\n");
}

TEST_F(ApiTest, HostileNamesStayText) {
  SampleSite site;
  site.project('c', "\"}],\"x\":\x01\xFF\n</script>");
  site.cluster("a\\\"b" + kTurnsTextAround);
  const std::string body = api_targets(site.source(), "").body;
  EXPECT_NE(body.find(R"("project_name":"\"}],\"x\":\u0001\ufffd\n</script>")"), std::string::npos)
      << body;
  EXPECT_NE(body.find(R"("cluster_name":"a\\\"b\ufffd")"), std::string::npos) << body;
}

TEST_F(ApiTest, WhatGoesOnInABlindTargetIsNotTold) {
  SampleSite site;
  site.project('c', "shop");
  TargetView& view = site.cluster("x");
  site.add_job(view, job(JobState::InProgress));
  view.present_unknown = true;
  const std::string body = api_targets(site.source(), "").body;
  EXPECT_EQ(body.find("active_jobs"), std::string::npos);
  EXPECT_EQ(body.find("\"jobs\""), std::string::npos);
}

TEST_F(ApiTest, PagesOfJobsAreEveryJobOnce) {
  TargetView& full = site_.cluster("b3");
  Names ids;
  for (int n = 1; n <= 7; ++n) {
    site_.add_job(full, job(JobState::Completed, n));
    ids.insert(ids.begin(), to_string(job_id(n)));
  }
  TargetView& other = site_.cluster("b4");
  site_.add_job(other, job(JobState::Failed, 9));
  ids.push_back(to_string(job_id(9)));
  for (const char* const limit : {"1", "2", "7", "8", "100"}) {
    const Walked walked = walk(
        [&](const std::string& cursor) { return jobs(std::string("limit=") + limit + cursor); },
        "job_id");
    EXPECT_EQ(walked.values, ids) << limit;
  }
}

TEST_F(ApiTest, JobsAreFilteredByState) {
  TargetView& view = site_.cluster("b3");
  site_.add_job(view, job(JobState::Completed, 1));
  site_.add_job(view, job(JobState::InProgress, 2));
  site_.add_job(view, job(JobState::Failed, 3));
  EXPECT_EQ(values(jobs("state=failed").body, "job_id"), Names{to_string(job_id(3))});
  EXPECT_EQ(values(jobs("state=active").body, "job_id"), Names{to_string(job_id(2))});
  EXPECT_EQ(values(jobs("project=shop").body, "job_id"), Names{});
}

TEST_F(ApiTest, OnlyTargetsThatHaveSuchJobsAreAskedForThem) {
  TargetView& view = site_.cluster("b3");
  site_.add_job(view, job(JobState::Completed, 1));
  jobs("state=failed");
  EXPECT_EQ(site_.archive->targets_asked, 0);
  jobs("state=completed");
  EXPECT_EQ(site_.archive->targets_asked, 1);
}

TEST_F(ApiTest, OfManyTargetsThatMayHaveJobsSomeAreAskedAtATime) {
  SampleSite site;
  site.project('c', "old");
  for (int i = 10'000; i < 14'500; ++i) site.cluster(std::to_string(i)).polled = false;
  const Walked walked =
      walk([&](const std::string& cursor) { return api_jobs(site.source(), cursor); }, "job_id");
  EXPECT_EQ(walked.pages, 3);
  EXPECT_EQ(site.archive->targets_asked, 4500);
}

TEST_F(ApiTest, AJobHasTheKeysOfItsEvents) {
  TargetView& view = site_.cluster("b3");
  RestoreJob completed = job(JobState::Completed, 1);
  completed.error_message = "none \"so far\"";
  site_.add_job(view, completed);
  EXPECT_NE(jobs("").body.find(
                "\"project_name\":\"bank\",\"cluster_name\":\"b3\",\"source\":\"dedicated\","
                "\"job_id\":\"6a79af300000000000000001\",\"delivery\":\"automated\","
                "\"state\":\"completed\",\"outcome\":\"completed\",\"purpose\":\"other\","
                "\"scope\":\"other_project\",\"requested_at\":\"2026-08-10T11:00:00Z\","
                "\"finished_at\":\"2026-08-10T11:10:00Z\",\"ended_at\":\"2026-08-10T11:10:00Z\","
                "\"duration_s\":600,\"has_link\":false,"
                "\"target_project_id\":\"aaaaaaaaaaaaaaaaaaaaaaaa\",\"target_cluster\":\"drill-1\","
                "\"error\":\"none \\\"so far\\\"\"}"),
            std::string::npos)
      << jobs("").body;
}

TEST_F(ApiTest, TransitionsGoOnWhereTheLastPageEnded) {
  TargetView& view = site_.cluster("b3");
  for (int n = 1; n <= 5; ++n) site_.add_transition(view, job(JobState::Completed, n));
  const Reply first = transitions("limit=3");
  EXPECT_EQ(values(first.body, "job_id").size(), 3U);
  EXPECT_NE(first.body.find("\"next_after\":3,\"more\":true"), std::string::npos) << first.body;
  const Reply second = transitions("after=3");
  EXPECT_EQ(values(second.body, "job_id"), (Names{to_string(job_id(4)), to_string(job_id(5))}));
  EXPECT_NE(second.body.find("\"next_after\":5,\"more\":false"), std::string::npos) << second.body;
  EXPECT_NE(second.body.find("\"seq\":5"), std::string::npos);
  EXPECT_EQ(transitions("after=5").body, "{\"items\":[],\"next_after\":5,\"more\":false}\n");
}

TEST_F(ApiTest, BadParametersAreRefusedByName) {
  const auto refused = [](const Reply& reply, const std::string& name) {
    EXPECT_EQ(reply.status, 400) << reply.body;
    EXPECT_EQ(reply.type, "application/json");
    EXPECT_EQ(reply.body.find("{\"error\":\"" + name + ": "), 0U) << reply.body;
  };
  refused(targets("limit=0"), "limit");
  refused(targets("state=bad"), "state");
  refused(targets("cursor=bad"), "cursor");
  refused(targets("%22%3E=1"), "\\\">");
  refused(jobs("state=stuck"), "state");
  refused(jobs("cursor=bad"), "cursor");
  refused(jobs("limit=1001"), "limit");
  refused(transitions("after=-1"), "after");
  refused(transitions("cursor=a"), "cursor");
}

TEST_F(ApiTest, SaysWhenItKnowsNothingAndWhenTheStoreCannotBeRead) {
  SiteSource source = site_.source();
  source.snapshot = [] { return nullptr; };
  EXPECT_EQ(api_targets(source, "").status, 503);
  EXPECT_EQ(api_jobs(source, "").status, 503);
  site_.archive->broken = true;
  EXPECT_EQ(transitions("").status, 503);
  EXPECT_EQ(transitions("").body, "{\"error\":\"the store cannot be read now\"}\n");
  site_.add_job(site_.cluster("b3"), job(JobState::Completed, 1));
  EXPECT_EQ(jobs("").status, 503);
}

}  // namespace
}  // namespace restorewatch
