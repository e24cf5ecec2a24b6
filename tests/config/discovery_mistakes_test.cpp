// Each mistake in `discovery`, and where it is said to be.

#include "mistakes.h"

namespace restorewatch {
namespace {

class DiscoverySection : public MistakeTest {};

TEST_P(DiscoverySection, IsAnsweredWith) {
  expect_answer(kCredentials);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, DiscoverySection,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"Null", "discovery:\n", {"1:1: discovery: has no value"}},
        Mistake{"IntervalTooShort",
                "discovery: {interval: 99ms}\n",
                {"1:23: discovery.interval: must be a duration from 100ms to 1d, such as 30s, 15m "
                 "or 1h30m"}},
        Mistake{"UnknownKey",
                "discovery: {ignore: [{project: a}]}\n",
                {"1:13: discovery.ignore: unknown key; known here: interval, include, exclude"}},
        Mistake{"IncludeEmpty",
                "discovery: {include: []}\n",
                {"1:22: discovery.include: must not be an empty list"}},
        Mistake{"ExcludeNull",
                "discovery: {exclude: null}\n",
                {"1:13: discovery.exclude: has no value"}},
        Mistake{"ExcludeIsAWord",
                "discovery: {exclude: sandbox-*}\n",
                {"1:22: discovery.exclude: must be a list"}},
        Mistake{"MatcherIsAWord",
                "discovery: {exclude: [sandbox-*]}\n",
                {"1:23: discovery.exclude[0]: must be a map of keys and values"}},
        Mistake{"MatcherGivesNothing",
                "discovery: {exclude: [{}]}\n",
                {"1:23: discovery.exclude[0]: must have at least one of project, cluster, "
                 "project_id and tags"}},
        Mistake{"MatcherUnknownKey",
                "discovery: {include: [{clusters: prod-*}]}\n",
                {"1:23: discovery.include[0]: must have at least one of project, cluster, "
                 "project_id and tags",
                 "1:24: discovery.include[0].clusters: unknown key; did you mean cluster?"}},
        Mistake{"ProjectEmpty",
                "discovery: {include: [{project: \"\"}]}\n",
                {"1:33: discovery.include[0].project: must not be empty"}},
        Mistake{"ClusterIsAList",
                "discovery: {include: [{cluster: [a]}]}\n",
                {"1:33: discovery.include[0].cluster: must be a text"}},
        Mistake{"ProjectIdIsAName",
                "discovery: {include: [{project_id: prod}]}\n",
                {"1:36: discovery.include[0].project_id: must be a project's id: 24 hexadecimal "
                 "digits"}},
        Mistake{"TagsAreAList",
                "discovery: {include: [{tags: [gold]}]}\n",
                {"1:30: discovery.include[0].tags: must be a map of keys and values"}},
        Mistake{"TagsEmpty",
                "discovery: {include: [{tags: {}}]}\n",
                {"1:30: discovery.include[0].tags: must name at least one tag, such as {tier: "
                 "gold}"}},
        Mistake{"TagNull",
                "discovery: {include: [{tags: {tier: }}]}\n",
                {"1:31: discovery.include[0].tags.tier: has no value"}},
        Mistake{"TagIsAMap",
                "discovery: {include: [{tags: {tier: {is: gold}}}]}\n",
                {"1:37: discovery.include[0].tags.tier: must be a text"}},
        Mistake{"TagTwice",
                "discovery: {include: [{tags: {tier: gold, tier: silver}}]}\n",
                {"1:43: discovery.include[0].tags.tier: given twice, first on line 1"}},
        Mistake{"SeveralAtOnce",
                "discovery:\n"
                "  include: [{project: a}, {}]\n"
                "  exclude: [{project_id: x, cluster: }]\n"
                "  interval: soon\n",
                {"2:27: discovery.include[1]: must have at least one of project, cluster, "
                 "project_id and tags",
                 "3:26: discovery.exclude[0].project_id: must be a project's id: 24 hexadecimal "
                 "digits",
                 "3:29: discovery.exclude[0].cluster: has no value",
                 "4:13: discovery.interval: must be a duration from 100ms to 1d, such as 30s, 15m "
                 "or 1h30m"}}}),
    name_of);

}  // namespace
}  // namespace restorewatch
