// Holds the tables and examples of docs/configuration.md to the code: keys, types, ranges,
// defaults, and what a reload takes over.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <sstream>
#include <string_view>
#include <vector>

#include "app/config_changes.h"
#include "build/readme_table.h"
#include "config/yaml_document.h"
#include "docs/key_finder.h"

namespace restorewatch {
namespace {

constexpr const char* kDocument = "docs/configuration.md";
constexpr std::string_view kCredentials =
    "credentials: [{name: main, api_key: {public_key: abc, private_key_file: key}}]\n";
constexpr std::array kInAMatcher{"cluster", "project", "project_id", "tags"};
constexpr std::array kListsOfMatchers{"discovery.include", "discovery.exclude", "objectives",
                                      "policies"};

struct Row {
  std::string type;
  std::string default_value;  // as written
  std::string reload;
};
using Rows = std::map<std::string, Row>;
using Names = std::set<std::string>;

Rows documented() {
  Rows rows;
  for (const TableRow& row : table_rows(kDocument)) {
    if (row.size() != 5) continue;  // of another table
    const bool is_new = rows.emplace(without_backticks(row[0]), Row{row[1], row[2], row[3]}).second;
    EXPECT_TRUE(is_new) << row[0] << " has two rows";
  }
  return rows;
}

/// Without the sections as such, which are headings, and without what a matcher gives.
KeysOfTheCode keys_with_a_row(KeysOfTheCode keys) {
  for (const std::string_view list : kListsOfMatchers) {
    for (const std::string_view key : kInAMatcher) {
      keys.erase(std::string(list) + "[]." + std::string(key));
    }
  }
  std::erase_if(keys, [](const auto& key) {
    return key.first.find('.') == std::string::npos && key.second.starts_with("must be a map");
  });
  return keys;
}

Names names_in(const auto& map) {
  Names names;
  for (const auto& [name, _] : map) names.insert(name);
  return names;
}

/// "from A to B, such as C" as "A to B", each in `quote`.
std::string range_in(const std::string& said, const std::string& quote) {
  std::istringstream words(said.substr(said.find("from ") + 5));
  std::string least;
  std::string to;
  std::string most;
  words >> least >> to >> most;
  if (most.ends_with(',')) most.pop_back();
  return ", " + quote + least + quote + " to " + quote + most + quote;
}

std::string type_in_words(const std::string& said) {
  if (said.starts_with("must be a duration")) return "duration" + range_in(said, "`");
  if (said.starts_with("must be a whole number")) return "number" + range_in(said, "");
  if (said.starts_with("must be a number")) return "share" + range_in(said, "");
  if (said == "must be true or false") return "boolean";
  if (said.starts_with("must be a map")) return "map";
  return said.starts_with("must be a ") ? said.substr(10) : said;  // text, list
}

std::string parent_of(const std::string& path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos ? "" : path.substr(0, dot);
}

/// A configuration that has what the key is part of, but not the key.
std::string without_key(const std::string& path) {
  const std::string parent = parent_of(path);
  const std::string name = path.substr(parent.empty() ? 0 : parent.size() + 1);
  const std::string rest = without(least_of(parent), name);
  return parent.empty() ? (name == "credentials" ? "{}" : with_key("log", "{}"))
                        : with_key(parent, "{" + rest + "}");
}

/// The fenced examples, but for the one that is there to be refused.
std::vector<std::string> examples() {
  std::istringstream document(read_text_file(std::string(RW_SOURCE_DIR "/") + kDocument));
  std::vector<std::string> all;
  bool inside = false;
  bool is_refused = false;
  for (std::string line; std::getline(document, line);) {
    if (line.starts_with("<!--")) is_refused = true;
    if (inside && line == "```") inside = is_refused = false;
    if (inside && !is_refused) all.back() += line + "\n";
    if (line != "```yaml") continue;
    inside = true;
    if (!is_refused) all.emplace_back();
  }
  return all;
}

void collect_keys(const YamlNode& node, const std::string& path, Names& keys) {
  for (const YamlNode& child : node.children) {
    const bool is_item = node.kind == YamlNode::Kind::List;
    const std::string here = is_item        ? path + "[]"
                             : path.empty() ? child.key
                                            : path + "." + child.key;
    keys.insert(here);
    collect_keys(child, here, keys);
  }
}

class ConfigurationDocument : public testing::Test {
 protected:
  ConfigurationDocument() {
    for (const char* const file : {"key", "main.secret", "acquired.key", "hook.secret"}) {
      folder_.write(file, "a-secret-of-some-length\n");
    }
    folder_.write("company-ca.pem", "a certificate");
  }

  Config load(const std::string& text) const {
    const ConfigOutcome outcome = folder_.load(text);
    EXPECT_EQ(lines(outcome.problems), std::vector<std::string>{}) << text;
    return outcome.config.value_or(Config{});
  }

  /// With the credentials that most examples leave out.
  Config load_example(const std::string& text) const {
    const bool is_whole = text.find("credentials:") != std::string::npos;
    return load(is_whole ? text : std::string(kCredentials) + text);
  }
  ConfigFolder folder_;
};

TEST_F(ConfigurationDocument, HasARowForEachKeyOfTheCodeAndNoOther) {
  const KeysOfTheCode keys = keys_with_a_row(find_keys(folder_));
  ASSERT_GT(keys.size(), 50U);
  EXPECT_EQ(names_in(documented()), names_in(keys));
}

TEST_F(ConfigurationDocument, NamesWhatAMatcherMayGive) {
  Names of_document;
  for (const TableRow& row : table_rows(kDocument, "## Matchers")) {
    of_document.insert(without_backticks(row[0]));
  }
  const KeysOfTheCode keys = find_keys(folder_);
  EXPECT_EQ(of_document, Names(kInAMatcher.begin(), kInAMatcher.end()));
  for (const std::string_view list : kListsOfMatchers) {
    for (const std::string_view key : kInAMatcher) {
      EXPECT_TRUE(keys.contains(std::string(list) + "[]." + std::string(key))) << list << key;
    }
  }
}

TEST_F(ConfigurationDocument, GivesTheTypesAndRangesOfTheCode) {
  const Rows rows = documented();
  for (const auto& [key, said] : keys_with_a_row(find_keys(folder_))) {
    const auto row = rows.find(key);
    EXPECT_EQ(row == rows.end() ? "no row" : row->second.type, type_in_words(said)) << key;
  }
}

TEST_F(ConfigurationDocument, GivesTheDefaultsOfTheCode) {
  std::size_t compared = 0;
  for (const auto& [key, row] : documented()) {
    const std::string value = without_backticks(row.default_value);
    if (value == row.default_value || value.find('`') != std::string::npos) continue;
    EXPECT_TRUE(load(with_key(key, value)) == load(without_key(key))) << key << ": " << value;
    ++compared;
  }
  EXPECT_GT(compared, 25U);
}

TEST_F(ConfigurationDocument, SaysOfEachKeyWhetherItMustBeGiven) {
  for (const auto& [key, row] : documented()) {
    const std::string said = said_of(folder_.load(without_key(key)), key);
    EXPECT_EQ(row.default_value == "required", said.starts_with("is missing")) << key;
  }
}

TEST_F(ConfigurationDocument, ShowsEachKeyInAnExample) {
  Names shown;
  for (const std::string& example : examples()) {
    Findings findings;
    const auto document = parse_yaml(example, findings);
    ASSERT_TRUE(document) << example;
    collect_keys(*document, "", shown);
  }
  for (const auto& [key, _] : documented()) EXPECT_TRUE(shown.contains(key)) << key;
}

TEST_F(ConfigurationDocument, SaysWhichKeysNeedARestart) {
  const Config plain = load_example("log: {}\n");
  Names of_code;
  for (const std::string& example : examples()) {
    std::istringstream keys(keys_needing_a_restart(plain, load_example(example)));
    for (std::string key; std::getline(keys >> std::ws, key, ',');) of_code.insert(key);
  }
  Names of_document;
  for (const auto& [key, row] : documented()) {
    EXPECT_TRUE(row.reload == "yes" || row.reload == "restart") << key;
    if (row.reload == "restart") of_document.insert(key);
  }
  EXPECT_EQ(of_document, of_code);
}

}  // namespace
}  // namespace restorewatch
