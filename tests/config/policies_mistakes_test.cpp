// Each mistake in `policies`, and where it is said to be.

#include "mistakes.h"

namespace restorewatch {
namespace {

class PoliciesSection : public MistakeTest {};

TEST_P(PoliciesSection, IsAnsweredWith) {
  expect_answer(kCredentials);
}

constexpr const char* kGivesNothing =
    "must have at least one of allow_target_projects, allow_download and protect_target";

INSTANTIATE_TEST_SUITE_P(
    Mistakes, PoliciesSection,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"Null", "policies:\n", {"1:1: policies: has no value"}},
        Mistake{"Empty", "policies: []\n", {"1:11: policies: must not be an empty list"}},
        Mistake{"IsAMap", "policies: {allow_download: no}\n", {"1:11: policies: must be a list"}},
        Mistake{"ItemIsAWord",
                "policies: [download]\n",
                {"1:12: policies[0]: must be a map of keys and values"}},
        Mistake{"GivesNothing",
                "policies: [{project: a}]\n",
                {std::string("1:12: policies[0]: ") + kGivesNothing}},
        Mistake{"PicksNothing",
                "policies: [{allow_download: false}]\n",
                {"1:12: policies[0]: must have at least one of project, cluster, project_id and "
                 "tags"}},
        Mistake{"DownloadIsNoBoolean",
                "policies: [{project: a, allow_download: never}]\n",
                {"1:41: policies[0].allow_download: must be true or false"}},
        Mistake{"ProjectsAreAWord",
                "policies: [{project: a, allow_target_projects: dr-1}]\n",
                {"1:48: policies[0].allow_target_projects: must be a list"}},
        Mistake{"ProjectIsNull",
                "policies: [{project: a, allow_target_projects: [dr-1, null]}]\n",
                {"1:48: policies[0].allow_target_projects[1]: has no value"}},
        Mistake{"UnknownKey",
                "policies: [{project: a, allow_downloads: false}]\n",
                {std::string("1:12: policies[0]: ") + kGivesNothing,
                 "1:25: policies[0].allow_downloads: unknown key; did you mean "
                 "allow_download?"}}}),
    name_of);

}  // namespace
}  // namespace restorewatch
