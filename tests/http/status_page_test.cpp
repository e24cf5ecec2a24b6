#include "http/status_page.h"

#include <gtest/gtest.h>

#include "http/site_scenes.h"

namespace restorewatch {
namespace {

using testing_site::SampleSite;
using testing_site::scene;

std::string page_of(const SampleSite& site, const std::string& query = "") {
  return status_page(site.source(), query).body;
}

bool says(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

std::size_t count(const std::string& page, const std::string& text) {
  std::size_t found = 0;
  for (std::size_t at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) {
    ++found;
  }
  return found;
}

TEST(StatusPageTest, SaysPlainlyThatAllIsWell) {
  const std::string page = page_of(*scene("healthy"));
  EXPECT_TRUE(says(page, "<h2 id=\"verdict\">All is well</h2>"));
  EXPECT_TRUE(says(page, "<title>OK – restorewatch</title>"));
  EXPECT_FALSE(says(page, "Wrong now"));
}

TEST(StatusPageTest, SaysFirstWhatIsWrong) {
  const std::string page = page_of(*scene("trouble"));
  EXPECT_TRUE(says(
      page, "<h2 id=\"verdict\">5 clusters need attention; 3 more are not as they should be</h2>"));
  EXPECT_TRUE(says(page, "The configuration was refused"));
  EXPECT_TRUE(says(page, "project sandbox cannot be listed (unauthorized)"));
  EXPECT_FALSE(says(page, "not told to anybody")) << "the text of an error";
  EXPECT_TRUE(says(page, "going on for 6 h 31 min, may take 4 h"));
  EXPECT_TRUE(says(page, "its data went to a project that is not allowed"));
  EXPECT_TRUE(says(page, "against policy: target project</span>"));
  EXPECT_LT(page.find("Wrong now"), page.find("Active restores"));
  EXPECT_LT(page.find("Active restores"), page.find("Recent transitions"));
}

TEST(StatusPageTest, SaysThatNothingIsKnownYet) {
  const SampleSite site;
  SiteSource source = site.source();
  source.snapshot = [] { return nullptr; };
  EXPECT_TRUE(says(status_page(source, "").body, "Nothing is known yet"));
  EXPECT_TRUE(says(page_of(site), "No cluster is watched"));
}

TEST(StatusPageTest, NothingFromOutsideIsMarkup) {
  const std::string page = page_of(*scene("hostile"), "project=%22%3E%3Cscript%3E*");
  EXPECT_FALSE(says(page, "<script"));
  const std::string all = page_of(*scene("hostile"));
  EXPECT_FALSE(says(all, "<script"));
  EXPECT_FALSE(says(all, "<img"));
  EXPECT_TRUE(says(all, "&lt;script&gt;"));
  EXPECT_FALSE(says(all, testing_site::kTurnsTextAround));
  const Reply refused =
      status_page(scene("healthy")->source(), "%3Cscript%3Ealert(1)%3C/script%3E=1");
  EXPECT_EQ(refused.status, 400);
  EXPECT_FALSE(says(refused.body, "<script"));
  EXPECT_TRUE(says(refused.body, "&lt;script&gt;alert(1)&lt;/script&gt;: is not known here"));
}

TEST(StatusPageTest, FetchesNothingAndRunsNothing) {
  const Reply reply = status_page(scene("trouble")->source(), "");
  EXPECT_EQ(reply.security_policy.find("default-src 'none'; style-src 'sha256-"), 0U);
  EXPECT_FALSE(says(reply.security_policy, "unsafe"));
  EXPECT_FALSE(says(reply.body, "<script"));
  EXPECT_FALSE(says(reply.body, "style=\""));
  EXPECT_FALSE(says(reply.body, "src="));
  EXPECT_FALSE(says(reply.body, "http://"));
  EXPECT_FALSE(says(reply.body, "https://"));
}

TEST(StatusPageTest, LinksKeepTheFilter) {
  const std::string page =
      page_of(*scene("large"), "project=payments-0*&state=ok&refresh=60&cluster=*");
  EXPECT_TRUE(says(page, "<meta http-equiv=\"refresh\" content=\"60\">"));
  EXPECT_TRUE(says(page, "name=\"project\" value=\"payments-0*\""));
  EXPECT_TRUE(says(page, "<option value=\"ok\" selected>"));
  EXPECT_TRUE(says(page, "&amp;project=payments-0*&amp;refresh=60&amp;state=ok#clusters\">Next"));
  EXPECT_TRUE(says(page, "href=\"/?cluster=*&amp;project=payments-0*&amp;state=ok\">Stop"));
}

TEST(StatusPageTest, AFilterThatPicksNothingSaysSo) {
  const std::string page = page_of(*scene("healthy"), "cluster=none");
  EXPECT_TRUE(says(page, "No watched cluster is picked"));
  EXPECT_TRUE(says(page, "No cluster is picked by this."));
}

TEST(StatusPageTest, IsReadableForThoseWhoDoNotSeeIt) {
  const std::string page = page_of(*scene("trouble"));
  for (const char* const mark :
       {"<html lang=\"en\">", "<main", "<header>", "<footer>", "<nav aria-label=", "<caption>",
        "scope=\"col\"", "scope=\"row\"", "<label for=\"project\">", "class=\"skip\""}) {
    EXPECT_TRUE(says(page, mark)) << mark;
  }
  EXPECT_EQ(count(page, "<h1>"), 1U);
  EXPECT_EQ(count(page, "<section"), count(page, "aria-labelledby"));
}

TEST(StatusPageTest, IsOfBoundedSizeHoweverLargeTheFleet) {
  const std::string page = page_of(*scene("large"));
  EXPECT_TRUE(says(page, "10,000 clusters in 100 projects, all watched"));
  EXPECT_LT(page.size(), 150'000U);
  EXPECT_EQ(count(page, "<tr>"), 101U) << "100 clusters and the heading";
}

}  // namespace
}  // namespace restorewatch
