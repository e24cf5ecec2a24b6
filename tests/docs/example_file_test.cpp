// config/restorewatch.yaml shows every key of docs/configuration.md, at the default that is given
// there; what it shows uncommented, TheExampleHoldsExactlyTheDefaults holds to the code.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <string_view>

#include "build/readme_table.h"
#include "config/config_folder.h"
#include "config/yaml_document.h"

namespace restorewatch {
namespace {

using Defaults = std::map<std::string, std::string>;  // by key, as written

/// What the example shows commented out; each goes on as long as lines are further in.
constexpr std::array<std::string_view, 8> kCommentedOut{
    "    # org_id:", "  # - name: legacy", "# projects:", "  # exclude:",
    "# drills:",     "# objectives:",      "# policies:", "# events:"};

std::string example() {
  std::istringstream file(read_text_file(std::string(RW_SOURCE_DIR) + "/config/restorewatch.yaml"));
  std::string text;
  std::string goes_on = "none";  // how the next line of it begins
  for (std::string line; std::getline(file, line);) {
    const auto begins = [&line](std::string_view prefix) { return line.starts_with(prefix); };
    if (std::ranges::any_of(kCommentedOut, begins)) goes_on = line.substr(0, line.find('#')) + "# ";
    if (begins(goes_on) && (std::ranges::any_of(kCommentedOut, begins) || begins(goes_on + "  "))) {
      line.erase(goes_on.size() - 2, 2);
    } else {
      goes_on = "none";
    }
    text += line + '\n';
  }
  return text;
}

bool holds_maps(const YamlNode& list) {
  return !list.children.empty() && list.children.front().kind == YamlNode::Kind::Map;
}

std::string text_of(const YamlNode& value) {
  if (value.kind == YamlNode::Kind::Null) return "null";
  if (value.kind != YamlNode::Kind::List) return value.text;
  std::string text;
  for (const YamlNode& item : value.children) text += (text.empty() ? "" : ", ") + item.text;
  return "[" + text + "]";
}

bool is_list_of_matchers(const std::string& key) {
  return key == "discovery.include" || key == "discovery.exclude" || key == "objectives" ||
         key == "policies";
}

/// What else an entry gives of the clusters that it picks.
void collect_besides_the_matcher(const YamlNode& item, const std::string& path, Defaults& keys) {
  for (const YamlNode& entry : item.children) {
    const bool picks = entry.key == "project" || entry.key == "cluster" ||
                       entry.key == "project_id" || entry.key == "tags";
    if (!picks) keys[path + "[]." + entry.key] = text_of(entry);
  }
}

void collect(const YamlNode& node, const std::string& path, Defaults& keys) {
  if (node.kind == YamlNode::Kind::Map) {
    for (const YamlNode& entry : node.children) {
      collect(entry, path.empty() ? entry.key : path + "." + entry.key, keys);
    }
  } else if (is_list_of_matchers(path)) {
    keys[path] = "matchers";
    for (const YamlNode& item : node.children) collect_besides_the_matcher(item, path, keys);
  } else if (node.kind == YamlNode::Kind::List && holds_maps(node)) {
    for (const YamlNode& item : node.children) collect(item, path + "[]", keys);
  } else {
    keys[path] = text_of(node);
  }
}

/// What must be given has no default, and matchers have it in words; the example holds something
/// made up there.
bool is_made_up(const std::string& key) {
  if (key.ends_with("].tier") || key.ends_with("].api")) return false;
  return key.starts_with("credentials[]") || key.starts_with("projects[]") ||
         key.starts_with("drills[]") || key.starts_with("objectives[]") ||
         key.starts_with("policies[]") || key == "events.webhooks[].url" ||
         key == "events.webhooks[].secret_file" || key == "events.webhooks[].name" ||
         is_list_of_matchers(key);
}

/// A list or a map of which the example shows what is in it.
bool is_shown_by_its_parts(const std::string& key, const Defaults& of_example) {
  return !of_example.contains(key) && std::ranges::any_of(of_example, [&](const auto& shown) {
    return shown.first.starts_with(key + "[].") || shown.first.starts_with(key + ".");
  });
}

TEST(ExampleFileTest, ShowsExactlyTheKeysOfTheDocumentationAndTheirDefaults) {
  Findings findings;
  const auto document = parse_yaml(example(), findings);
  ASSERT_TRUE(document && findings.problems().empty());
  Defaults of_example;
  collect(*document, "", of_example);

  Defaults of_documentation;
  for (const TableRow& row : table_rows("docs/configuration.md")) {
    const std::string key = without_backticks(row[0]);
    if (row.size() != 5 || is_shown_by_its_parts(key, of_example)) continue;
    of_documentation[key] = is_made_up(key) ? of_example[key] : without_backticks(row[2]);
  }
  std::erase_if(of_example, [](const auto& entry) { return entry.second.empty(); });
  EXPECT_EQ(of_documentation, of_example);
}

}  // namespace
}  // namespace restorewatch
