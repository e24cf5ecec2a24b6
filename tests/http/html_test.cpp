#include "http/html.h"

#include <gtest/gtest.h>

#include "http/sample_site.h"
#include "http/time_text.h"

namespace restorewatch {
namespace {

using testing_jobs::noon;
using namespace std::chrono_literals;

TEST(HtmlTest, WhatIsMarkupBecomesText) {
  EXPECT_EQ(html("<a href=\"x\" id='y'>&amp;"),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;");
  EXPECT_EQ(html("é €"), "é €");
}

TEST(HtmlTest, WhatIsNoTextOrTurnsTextAroundIsReplaced) {
  EXPECT_EQ(html("a\x01z\xFF\x7F"), "a\uFFFDz\uFFFD\uFFFD");
  EXPECT_EQ(html(testing_site::kTurnsTextAround + "gnp"), "\uFFFDgnp");
  EXPECT_EQ(html("\xC3"), "\uFFFD") << "cut short";
}

TEST(HtmlTest, ATimeIsForMachinesAndForPeople) {
  EXPECT_EQ(time_html(noon() - 5min, noon()),
            "<time datetime=\"2026-08-10T11:55:00Z\">5 min ago "
            "<small>2026-08-10 11:55&nbsp;UTC</small></time>");
}

TEST(HtmlTest, ABadgeIsNotToldByItsColourAlone) {
  EXPECT_EQ(badge_html(Severity::Wrong, "<Failed>"),
            "<span class=\"badge wrong\"><i aria-hidden=\"true\">✕</i> &lt;Failed&gt;</span>");
}

TEST(HtmlTest, CountsAreGrouped) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(count_text(1234567), "1,234,567");
}

TEST(TimeTextTest, DistancesAreInOne) {
  EXPECT_EQ(relative_text(noon(), noon()), "just now");
  EXPECT_EQ(relative_text(noon() - 999ms, noon()), "just now");
  EXPECT_EQ(relative_text(noon() - 90min, noon()), "1 h ago");
  EXPECT_EQ(relative_text(noon() + 49h, noon()), "in 2 d");
}

}  // namespace
}  // namespace restorewatch
