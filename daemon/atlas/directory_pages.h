#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "atlas/json_parser.h"
#include "atlas/page.h"
#include "base/result.h"
#include "jobs/cluster.h"

namespace restorewatch {

// Lists of projects and clusters. Members that are not known are passed over, and so is a member of
// an unknown shape where we can do without it; connection strings are never read. A row without a
// readable id (of a project) or name is odd: it is passed over, and the others are read.
//
// Source: Atlas Admin API v2, groups and clusters at the versions in atlas_directory.cpp, and
// recorded answers.

/// A row that was passed over.
struct OddRow {
  std::string name;    // as far as it could be read, made fit to be shown
  std::string reason;  // "name: not a name"
};

template <typename Row>
struct DirectoryPage : ListPage {
  std::vector<Row> rows;
  std::vector<OddRow> odd;

  std::size_t row_count() const { return rows.size() + odd.size(); }
};

using ProjectPage = DirectoryPage<Project>;
using ClusterPage = DirectoryPage<Cluster>;

/// Errors as those of decode_page().
Result<ProjectPage> decode_projects(JsonParser& parser, std::string& body);

/// `listed_as` is the tier that the list is of. That of dedicated clusters has others among them,
/// known by their provider and size.
Result<ClusterPage> decode_clusters(Tier listed_as, JsonParser& parser, std::string& body);

}  // namespace restorewatch
