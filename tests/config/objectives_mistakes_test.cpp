// Each mistake in `objectives`, and where it is said to be.

#include "mistakes.h"

namespace restorewatch {
namespace {

class ObjectivesSection : public MistakeTest {};

TEST_P(ObjectivesSection, IsAnsweredWith) {
  expect_answer(kCredentials);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, ObjectivesSection,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"Null", "objectives:\n", {"1:1: objectives: has no value"}},
        Mistake{"Empty", "objectives: []\n", {"1:13: objectives: must not be an empty list"}},
        Mistake{"IsAMap",
                "objectives: {project: a, drill_interval: 30d}\n",
                {"1:13: objectives: must be a list"}},
        Mistake{"ItemIsAWord",
                "objectives: [30d]\n",
                {"1:14: objectives[0]: must be a map of keys and values"}},
        Mistake{"GivesNothing",
                "objectives: [{}]\n",
                {"1:14: objectives[0]: must have at least one of project, cluster, project_id and "
                 "tags",
                 "1:14: objectives[0]: must have at least one of drill_interval, restore_duration "
                 "and recovery_point"}},
        Mistake{"NoObjective",
                "objectives: [{project: a}]\n",
                {"1:14: objectives[0]: must have at least one of drill_interval, restore_duration "
                 "and recovery_point"}},
        Mistake{"PicksNothing",
                "objectives: [{drill_interval: 30d}]\n",
                {"1:14: objectives[0]: must have at least one of project, cluster, project_id and "
                 "tags"}},
        Mistake{"WithoutUnit",
                "objectives: [{project: a, drill_interval: 30}]\n",
                {"1:43: objectives[0].drill_interval: must be a duration from 1ms to 100y, such as "
                 "30s, 15m or 1h30m"}},
        Mistake{"Zero",
                "objectives: [{project: a, restore_duration: 0s}]\n",
                {"1:45: objectives[0].restore_duration: must be a duration from 1ms to 100y, such "
                 "as 30s, 15m or 1h30m"}},
        Mistake{"TooLong",
                "objectives: [{project: a, recovery_point: 101y}]\n",
                {"1:43: objectives[0].recovery_point: must be a duration from 1ms to 100y, such as "
                 "30s, 15m or 1h30m"}},
        Mistake{"ValueNull",
                "objectives: [{project: a, recovery_point: }]\n",
                {"1:27: objectives[0].recovery_point: has no value"}},
        Mistake{"UnknownKey",
                "objectives: [{project: a, recovery_point: 1d, drill_intervall: 30d}]\n",
                {"1:47: objectives[0].drill_intervall: unknown key; did you mean "
                 "drill_interval?"}},
        Mistake{"SeveralAtOnce",
                "objectives:\n"
                "  - {project_id: x, drill_interval: 30d}\n"
                "  - {project: a, drill_interval: soon, restore_duration: 1h}\n",
                {"2:18: objectives[0].project_id: must be a project's id: 24 hexadecimal digits",
                 "3:34: objectives[1].drill_interval: must be a duration from 1ms to 100y, such as "
                 "30s, 15m or 1h30m"}}}),
    name_of);

}  // namespace
}  // namespace restorewatch
