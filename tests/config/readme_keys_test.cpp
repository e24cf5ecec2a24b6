// The README's table of keys is the example's, which TheExampleHoldsExactlyTheDefaults holds to
// the code.

#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "build/readme_table.h"
#include "config/config_folder.h"
#include "config/yaml_document.h"

namespace restorewatch {
namespace {

using Defaults = std::map<std::string, std::string>;  // by key, as written

/// The example shows its second kind of credential commented out.
std::string example() {
  std::istringstream file(read_text_file(std::string(RW_SOURCE_DIR) + "/config/restorewatch.yaml"));
  std::string text;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("  # - ") || line.starts_with("  #   ")) line.erase(2, 2);
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

void collect(const YamlNode& node, const std::string& path, Defaults& keys) {
  if (node.kind == YamlNode::Kind::Map) {
    for (const YamlNode& entry : node.children) {
      collect(entry, path.empty() ? entry.key : path + "." + entry.key, keys);
    }
  } else if (node.kind == YamlNode::Kind::List && holds_maps(node)) {
    for (const YamlNode& item : node.children) collect(item, path + "[]", keys);
  } else {
    keys[path] = text_of(node);
  }
}

/// What must be given has no default; the example holds something made up there.
bool is_made_up(const std::string& key) {
  return key.starts_with("credentials[]") || key.starts_with("projects[]");
}

TEST(ReadmeKeysTest, TheTableNamesExactlyTheKeysOfTheExampleAndTheirDefaults) {
  Findings findings;
  const auto document = parse_yaml(example(), findings);
  ASSERT_TRUE(document && findings.problems().empty());
  Defaults of_example;
  collect(*document, "", of_example);
  ASSERT_TRUE(of_example.contains("credentials[].api_key.private_key_file"));

  Defaults of_readme;
  for (const TableRow& row : readme_rows("## Configuration")) {
    ASSERT_EQ(row.size(), 3U) << row[0];
    const std::string key = without_backticks(row[0]);
    EXPECT_FALSE(of_readme.contains(key)) << key << " has two rows";
    of_readme[key] = is_made_up(key) ? of_example[key] : without_backticks(row[1]);
  }
  std::erase_if(of_example, [](const auto& entry) { return entry.second.empty(); });
  EXPECT_EQ(of_readme, of_example);
}

}  // namespace
}  // namespace restorewatch
