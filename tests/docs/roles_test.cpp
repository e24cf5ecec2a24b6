// Holds what the documents say of sources to the table of endpoints: roles, and versions of the
// API.

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "atlas/endpoints.h"
#include "build/readme_table.h"
#include "jobs/words.h"

namespace restorewatch {
namespace {

/// "v2, version 2023-01-01" of "application/vnd.atlas.2023-01-01+json".
std::string api_in_words(const Endpoint& endpoint) {
  if (endpoint.api == ApiGeneration::V1) return "v1.0";
  const std::string accept(endpoint.accept);
  return "v2, version " + accept.substr(accept.find("atlas.") + 6, 10);
}

TEST(RolesTest, TheReadmeListsEveryWayToReadASourceAndTheRoleThatItTakes) {
  std::map<std::string, std::string> of_code;
  for (const Endpoint& endpoint : all_endpoints()) {
    of_code[std::string(label(endpoint.source)) + ": " + api_in_words(endpoint)] = endpoint.role;
  }
  std::map<std::string, std::string> of_readme;
  for (const TableRow& row : readme_rows("## What is watched")) {
    ASSERT_EQ(row.size(), 6U);
    of_readme[without_backticks(row[0]) + ": " + row[1]] = row[3];
  }
  EXPECT_EQ(of_readme, of_code);
}

TEST(RolesTest, TheLeastRoleOfEachSourceIsThatOfTheCode) {
  std::map<std::string, std::string> of_code;
  for (const Endpoint& endpoint : all_endpoints()) {
    const auto [row, is_new] = of_code.emplace(label(endpoint.source), endpoint.role);
    EXPECT_EQ(row->second, endpoint.role) << "of both generations";
  }
  std::map<std::string, std::string> of_document;
  for (const TableRow& row : table_rows("docs/security.md", "## Roles in Atlas")) {
    of_document[without_backticks(row[0])] = row[1];
  }
  EXPECT_EQ(of_document, of_code);
}

}  // namespace
}  // namespace restorewatch
