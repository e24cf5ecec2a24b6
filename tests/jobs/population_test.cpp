#include "jobs/population.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;
using Present = std::vector<std::shared_ptr<const TargetView>>;

TargetKey key(const std::string& name, std::optional<ObjectId> id = {}) {
  return {project(), name, Source::Dedicated, id};
}

std::shared_ptr<const TargetView> view(TargetKey target, Sight sight, bool polled = true) {
  auto view = std::make_shared<TargetView>();
  view->target.key = std::move(target);
  view->target.project_name = "prod";
  view->sight = sight;
  view->polled = polled;
  return view;
}

/// "target_added a", in order.
std::vector<std::string> told(const std::vector<Note>& notes) {
  std::vector<std::string> told;
  for (const Note& note : notes) {
    told.push_back(std::string(label(note.kind)) + " " + note.target->cluster_name);
    EXPECT_EQ(note.at, noon());
  }
  return told;
}

struct NewsCase {
  std::string name;
  std::vector<PopulationMember> recorded;
  Present present;
  std::vector<std::string> expected;
};

class PopulationNewsTest : public testing::TestWithParam<NewsCase> {};

TEST_P(PopulationNewsTest, TurnsWhatIsRecordedIntoWhatIs) {
  Population population(GetParam().recorded);
  const std::vector<Note> news = population.news(GetParam().present, noon());
  EXPECT_EQ(told(news), GetParam().expected);
  for (const Note& note : news) population.apply(note);
  EXPECT_TRUE(population.news(GetParam().present, noon()).empty()) << "told twice";
}

const ObjectId kOne = job_id(1);
const ObjectId kTwo = job_id(2);

INSTANTIATE_TEST_SUITE_P(
    Populations, PopulationNewsTest,
    testing::Values(
        NewsCase{"Nothing", {}, {}, {}},
        NewsCase{"Added", {}, {view(key("a"), Sight::Visible)}, {"target_added a"}},
        NewsCase{"AddedBeforeItIsSeen", {}, {view(key("a"), Sight::Undecided)}, {"target_added a"}},
        NewsCase{
            "AddedBlind", {}, {view(key("a"), Sight::Blind)}, {"target_added a", "target_blind a"}},
        NewsCase{"StillThere", {{key("a")}}, {view(key("a"), Sight::Visible)}, {}},
        NewsCase{"Blind", {{key("a")}}, {view(key("a"), Sight::Blind)}, {"target_blind a"}},
        NewsCase{"StillBlind", {{key("a"), true}}, {view(key("a"), Sight::Blind)}, {}},
        NewsCase{
            "NotSeenSinceARestart", {{key("a"), true}}, {view(key("a"), Sight::Undecided)}, {}},
        NewsCase{"VisibleAgain",
                 {{key("a"), true}},
                 {view(key("a"), Sight::Visible)},
                 {"target_visible a"}},
        NewsCase{"Removed", {{key("a")}}, {}, {"target_removed a"}},
        NewsCase{"NotPolledAnyMore",
                 {{key("a")}},
                 {view(key("a"), Sight::Visible, false)},
                 {"target_removed a"}},
        NewsCase{"NeverPolled", {}, {view(key("a"), Sight::Visible, false)}, {}},
        NewsCase{"Renamed", {{key("a", kOne)}}, {view(key("b", kOne), Sight::Visible)}, {}},
        NewsCase{"KnownByItsIdNow", {{key("a")}}, {view(key("a", kOne), Sight::Visible)}, {}},
        NewsCase{"NameUsedAgain",
                 {{key("a", kOne)}},
                 {view(key("a", kTwo), Sight::Visible)},
                 {"target_removed a", "target_added a"}}),
    [](const auto& test) { return test.param.name; });

TEST(PopulationTest, SeveralOfOneNameAreKeptApart) {
  Population population;
  for (const ObjectId& id : {kOne, kTwo}) {
    population.apply({NoteKind::TargetAdded, noon(), key("a", id), {}, {}});
  }
  population.apply({NoteKind::TargetRemoved, noon(), key("a", kOne), {}, {}});
  EXPECT_EQ(population.members(), (std::vector<PopulationMember>{{key("a", kTwo)}}));
}

}  // namespace
}  // namespace restorewatch
