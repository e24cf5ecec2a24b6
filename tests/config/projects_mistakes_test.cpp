// Each mistake in `projects`, and where it is said to be.

#include "mistakes.h"

namespace restorewatch {
namespace {

class ProjectsSection : public MistakeTest {};

TEST_P(ProjectsSection, IsAnsweredWith) {
  expect_answer(kCredentials);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, ProjectsSection,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"Null", "projects:\n", {"1:1: projects: has no value"}},
        Mistake{"NotAList",
                "projects: {id: 5b69d0349b15c62cdfc38b78}\n",
                {"1:11: projects: must be a list"}},
        Mistake{"EmptyList", "projects: []\n", {"1:11: projects: must not be an empty list"}},
        Mistake{"ItemNotAMap",
                "projects: [5b69d0349b15c62cdfc38b78]\n",
                {"1:12: projects[0]: must be a map of keys and values"}},
        Mistake{"UnknownKey",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, cluster: [{name: a}]}]\n",
                {"1:43: projects[0].cluster: unknown key; did you mean clusters?"}},
        Mistake{"NoId",
                "projects: [{clusters: [{name: a}]}]\n",
                {"1:12: projects[0].id: is missing: the project's id in Atlas"}},
        Mistake{"IdTooShort",
                "projects: [{id: 5b69, clusters: [{name: a}]}]\n",
                {"1:17: projects[0].id: must be a project's id: 24 hexadecimal digits"}},
        Mistake{"IdNotHex",
                "projects: [{id: 5b69d0349b15c62cdfc38b7g, clusters: [{name: a}]}]\n",
                {"1:17: projects[0].id: must be a project's id: 24 hexadecimal digits"}},
        Mistake{"IdTwice",
                "projects:\n"
                "- {id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a}]}\n"
                "- {id: 5B69D0349B15C62CDFC38B78, clusters: [{name: a}]}\n",
                {"3:8: projects[1].id: is the id of two projects"}},
        Mistake{"NameEmpty",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, name: \"\", clusters: [{name: a}]}]\n",
                {"1:49: projects[0].name: must not be empty"}},
        Mistake{
            "NameWithALineBreak",
            "projects: [{id: 5b69d0349b15c62cdfc38b78, name: \"a\\nb\", clusters: [{name: a}]}]\n",
            {"1:49: projects[0].name: must not hold control characters"}},
        Mistake{"NameTooLong",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, name: " + std::string(1025, 'x') +
                    ", clusters: [{name: a}]}]\n",
                {"1:49: projects[0].name: must not be longer than 1024 bytes"}},
        Mistake{"CredentialUnknown",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, credential: other, clusters: [{name: "
                "a}]}]\n",
                {"1:55: projects[0].credential: must be one of main"}},
        Mistake{"CredentialNull",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, credential: , clusters: [{name: a}]}]\n",
                {"1:43: projects[0].credential: has no value"}},
        Mistake{"ClustersEmpty",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: []}]\n",
                {"1:53: projects[0].clusters: must not be an empty list"}},
        Mistake{"ClustersNull",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: ~}]\n",
                {"1:43: projects[0].clusters: has no value"}},
        Mistake{"ClusterIsAName",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [prod-a]}]\n",
                {"1:54: projects[0].clusters[0]: must be a map of keys and values: write {name: "
                 "prod-a}"}},
        Mistake{"ClusterIsAList",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [[prod-a]]}]\n",
                {"1:54: projects[0].clusters[0]: must be a map of keys and values"}},
        Mistake{"ClusterIsSomethingElse",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [\"\", prod a]}]\n",
                {"1:54: projects[0].clusters[0]: must be a map of keys and values",
                 "1:58: projects[0].clusters[1]: must be a map of keys and values"}},
        Mistake{"ClusterWithoutName",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{tier: dedicated}]}]\n",
                {"1:54: projects[0].clusters[0].name: is missing: the cluster's name in Atlas"}},
        Mistake{"ClusterNameWithADot",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a.b}]}]\n",
                {"1:61: projects[0].clusters[0].name: must be a cluster's name: at most 64 "
                 "letters, digits and -, not - first"}},
        Mistake{"ClusterNameBeginsWithADash",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: -a}]}]\n",
                {"1:61: projects[0].clusters[0].name: must be a cluster's name: at most 64 "
                 "letters, digits and -, not - first"}},
        Mistake{"ClusterNameTooLong",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: "
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}]}]\n",
                {"1:61: projects[0].clusters[0].name: must be a cluster's name: at most 64 "
                 "letters, digits and -, not - first"}},
        Mistake{"ClusterTwice",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a}, {name: a}]}]\n",
                {"1:72: projects[0].clusters[1].name: is listed twice in this project"}},
        Mistake{
            "ClusterUnknownKey",
            "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a, teir: dedicated}]}]\n",
            {"1:64: projects[0].clusters[0].teir: unknown key; did you mean tier?"}},
        Mistake{"TierUnknown",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a, tier: large}]}]\n",
                {"1:70: projects[0].clusters[0].tier: must be dedicated, flex, serverless or "
                 "tenant"}},
        Mistake{"TierFree",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a, tier: free}]}]\n",
                {"1:70: projects[0].clusters[0].tier: must be dedicated, flex, serverless or "
                 "tenant; free clusters have no backups"}},
        Mistake{"ApiUnknown",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a, api: 2}]}]\n",
                {"1:69: projects[0].clusters[0].api: must be v2 or v1.0"}},
        Mistake{"ApiOfNoFlexCluster",
                "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a, api: v1.0, tier: "
                "flex}]}]\n",
                {"1:69: projects[0].clusters[0].api: must be v2: there were no flex clusters in "
                 "the times of v1.0"}}}),
    name_of);

}  // namespace
}  // namespace restorewatch
