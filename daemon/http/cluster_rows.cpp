#include "http/cluster_rows.h"

#include <algorithm>

#include "jobs/matcher.h"

namespace restorewatch {
namespace {

using Views = std::span<const std::shared_ptr<const TargetView>>;

/// Takes the views of one cluster off the front.
Views take_cluster(Views& rest) {
  const TargetKey& first = rest.front()->target.key;
  const auto end = std::ranges::find_if(rest, [&](const auto& view) {
    const TargetKey& key = view->target.key;
    return key.project_id != first.project_id || key.cluster_name != first.cluster_name;
  });
  const auto count = static_cast<std::size_t>(end - rest.begin());
  const Views cluster = rest.first(count);
  rest = rest.subspan(count);
  return cluster;
}

void add_inventory(const Inventory& inventory, std::vector<ClusterRow>& rows) {
  for (const InventoryProject& project : inventory.projects) {
    for (const InventoryCluster& known : project.clusters) {
      if (is_shown(known)) rows.push_back({&project, &known, {}});
    }
  }
}

bool comes_before(const ClusterRow& a, const ClusterRow& b) {
  return std::tie(a.project_id(), a.cluster_name()) < std::tie(b.project_id(), b.cluster_name());
}

bool is_same(const ClusterRow& a, const ClusterRow& b) {
  return a.project_id() == b.project_id() && a.cluster_name() == b.cluster_name();
}

/// `row` joins the one before it where that is of the same cluster.
void join(std::vector<ClusterRow>& joined, const ClusterRow& row) {
  if (joined.empty() || !is_same(joined.back(), row)) {
    joined.push_back(row);
    return;
  }
  ClusterRow& last = joined.back();
  if (last.known == nullptr) {
    last.project = row.project;
    last.known = row.known;
  }
  if (last.sources.empty()) last.sources = row.sources;
}

}  // namespace

const ProjectId& ClusterRow::project_id() const {
  return project != nullptr ? project->project.id : sources.front()->target.key.project_id;
}

const std::string& ClusterRow::project_name() const {
  return project != nullptr ? project->project.name : sources.front()->target.project_name;
}

const std::string& ClusterRow::cluster_name() const {
  return known != nullptr ? known->cluster.name : sources.front()->target.key.cluster_name;
}

bool ClusterRow::is_polled() const {
  return std::ranges::any_of(sources, [](const auto& view) { return view->polled; });
}

std::vector<ClusterRow> cluster_rows(const Snapshot& snapshot) {
  std::vector<ClusterRow> known;
  if (snapshot.inventory) add_inventory(*snapshot.inventory, known);
  std::ranges::stable_sort(known, comes_before);  // nearly is: clusters are listed by name
  std::vector<ClusterRow> seen;
  for (Views rest = snapshot.targets; !rest.empty();) seen.push_back({{}, {}, take_cluster(rest)});

  std::vector<ClusterRow> rows;
  rows.reserve(std::max(known.size(), seen.size()));
  auto next_seen = seen.begin();
  for (const ClusterRow& row : known) {
    while (next_seen != seen.end() && comes_before(*next_seen, row)) join(rows, *next_seen++);
    join(rows, row);
  }
  while (next_seen != seen.end()) join(rows, *next_seen++);
  return rows;
}

bool NameFilter::picks(const ProjectId& id, const std::string& project_name,
                       const std::string& cluster_name) const {
  const bool any_project = project.empty() || glob_matches(project, project_name);
  return (any_project || parse_object_id(project) == id) &&
         (cluster.empty() || glob_matches(cluster, cluster_name));
}

}  // namespace restorewatch
