// Each mistake in `drills`, and where it is said to be.

#include "mistakes.h"

namespace restorewatch {
namespace {

class DrillsSection : public MistakeTest {};

TEST_P(DrillsSection, IsAnsweredWith) {
  expect_answer(kCredentials);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, DrillsSection,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"Null", "drills:\n", {"1:1: drills: has no value"}},
        Mistake{"Empty", "drills: []\n", {"1:9: drills: must not be an empty list"}},
        Mistake{"IsAMap", "drills: {target_cluster: a}\n", {"1:9: drills: must be a list"}},
        Mistake{"ItemIsAWord",
                "drills: [drill-*]\n",
                {"1:10: drills[0]: must be a map of keys and values"}},
        Mistake{"GivesNothing",
                "drills: [{}]\n",
                {"1:10: drills[0]: must have at least one of target_project and target_cluster"}},
        Mistake{"ProjectEmpty",
                "drills: [{target_project: \"\"}]\n",
                {"1:27: drills[0].target_project: must not be empty"}},
        Mistake{"ClusterNull",
                "drills: [{target_project: a, target_cluster: }]\n",
                {"1:30: drills[0].target_cluster: has no value"}},
        Mistake{"ClusterIsAList",
                "drills: [{target_cluster: [a]}]\n",
                {"1:27: drills[0].target_cluster: must be a text"}},
        Mistake{"PicksByTheSource",
                "drills: [{target_cluster: a}, {cluster: a}]\n",
                {"1:31: drills[1]: must have at least one of target_project and target_cluster",
                 "1:32: drills[1].cluster: unknown key; known here: target_project, "
                 "target_cluster"}}}),
    name_of);

}  // namespace
}  // namespace restorewatch
