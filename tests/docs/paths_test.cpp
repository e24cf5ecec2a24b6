// What security.md says of each path of the server is said of all there are.

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "build/readme_table.h"
#include "http/site.h"

namespace restorewatch {
namespace {

using Paths = std::set<std::string>;

/// Of cells such as "`/metrics`" or "`/api/v1/targets`, `/api/v1/jobs`".
Paths paths_in(const std::vector<TableRow>& rows) {
  Paths paths;
  for (const TableRow& row : rows) {
    std::istringstream cell(row[0]);
    for (std::string path; std::getline(cell >> std::ws, path, ',');) {
      paths.insert(without_backticks(path));
    }
  }
  return paths;
}

TEST(PathsTest, TheThreatModelIsAboutEveryPath) {
  const Paths of_readme = paths_in(readme_rows("## HTTP"));
  EXPECT_EQ(paths_in(table_rows("docs/security.md", "## Who can reach what")), of_readme);
  for (const char* const path : kSitePaths) EXPECT_TRUE(of_readme.contains(path)) << path;
  for (const char* const path : {"/metrics", "/-/healthy", "/-/ready", "/-/reload"}) {
    EXPECT_TRUE(of_readme.contains(path)) << path;
  }
}

}  // namespace
}  // namespace restorewatch
