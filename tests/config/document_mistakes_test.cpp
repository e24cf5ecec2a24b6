// What no section can be read from.

#include "mistakes.h"

namespace restorewatch {
namespace {

class WholeFile : public MistakeTest {};

TEST_P(WholeFile, IsAnsweredWith) {
  expect_answer("");
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, WholeFile,
    testing::ValuesIn(std::vector<Mistake>{
        Mistake{"Empty", "", {"the file is empty; credentials are needed"}},
        Mistake{"OnlyComments", "# nothing\n", {"the file is empty; credentials are needed"}},
        Mistake{"OnlyAMarker", "---\n", {"the file is empty; credentials are needed"}},
        Mistake{"AList", "- a\n", {"1:1: must be a map of keys and values"}},
        Mistake{"AText", "hello\n", {"1:1: must be a map of keys and values"}},
        Mistake{"NothingRequiredThere",
                "log: {level: info}\n",
                {"1:1: credentials: is missing: how to log in to Atlas; one at least"}},
        Mistake{"NulByte",
                std::string("log:\n  le\0vel: info\n", 20),
                {"2:5: a NUL byte; the file must be text in UTF-8"}},
        Mistake{"NotUtf8",
                "log:\n"
                "  level: inf\xff\n",
                {"2:13: not UTF-8; the file must be text in UTF-8"}},
        Mistake{
            "OverlongUtf8", "log: \xc0\xaf\n", {"1:6: not UTF-8; the file must be text in UTF-8"}},
        Mistake{"OverlongUtf8OfThree",
                "log: \xe0\x80\xaf\n",
                {"1:6: not UTF-8; the file must be text in UTF-8"}},
        Mistake{"CutOffUtf8", "log: \xe2\x82", {"1:6: not UTF-8; the file must be text in UTF-8"}},
        Mistake{
            "Surrogate", "log: \xed\xa0\x80\n", {"1:6: not UTF-8; the file must be text in UTF-8"}},
        Mistake{"TooLargeForUnicode",
                "log: \xf4\x90\x80\x80\n",
                {"1:6: not UTF-8; the file must be text in UTF-8"}},
        Mistake{"TabIndentation",
                "log:\n"
                "\tlevel: info\n",
                {"2:1: a tab; YAML is indented with spaces"}},
        Mistake{"TabAfterSpaces",
                "log:\n"
                "  \tlevel: info\n",
                {"2:3: a tab; YAML is indented with spaces"}},
        Mistake{"UnclosedList",
                "sources: [dedicated\n",
                {"2:1: not valid YAML: end of sequence flow not found"}},
        Mistake{"UnclosedQuote",
                "log: {level: \"info}\n",
                {"2:1: not valid YAML: end of map flow not found"}},
        Mistake{"ColonTwice", "log: level: info\n", {"1:11: not valid YAML: illegal map value"}},
        Mistake{"UnknownEscape",
                "log: {level: \"\\q\"}\n",
                {"1:17: not valid YAML: unknown escape character: q"}},
        Mistake{"UndefinedAlias",
                "log: *other\n",
                {"1:6: not valid YAML: the referenced anchor is not defined"}},
        Mistake{"SecondDocument",
                "log: {level: info}\n"
                "---\n"
                "log: {level: info}\n",
                {"2:1: the file must hold one YAML document, and a second one begins here"}},
        Mistake{"TooDeep",
                "log: [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]\n",
                {"1:21: lists and maps are nested too deeply"}}}),
    name_of);

}  // namespace
}  // namespace restorewatch
