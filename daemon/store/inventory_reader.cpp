#include "store/inventory_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "store/fields.h"
#include "store/query.h"

namespace restorewatch {
namespace {

/// The project whose id the next column holds; none rejects the query.
KnownProject* get_project(Query& query, std::vector<KnownProject>& projects) {
  const auto id = get<ProjectId>(query);
  const auto found = std::ranges::lower_bound(
      projects, id, {}, [](const KnownProject& known) { return known.project.id; });
  if (found != projects.end() && found->project.id == id) return &*found;
  query.reject();
  return nullptr;
}

Cluster get_cluster(Query& query) {
  Cluster cluster;
  get_into(cluster.name, query);
  get_into(cluster.id, query);
  get_into(cluster.tier, query);
  get_into(cluster.api, query);
  get_into(cluster.created_at, query);
  get_into(cluster.backup_enabled, query);
  get_into(cluster.paused, query);
  get_into(cluster.deleted, query);
  return cluster;
}

/// They count from 1. Null: there is none.
KnownCluster* cluster_at(KnownProject& known, std::uint64_t place) {
  return place > 0 && place <= known.clusters.size() ? &known.clusters[place - 1] : nullptr;
}

/// At 0 are those of the project itself. Null: nothing is at that place.
Tags* tags_at(KnownProject& known, std::uint64_t place) {
  if (place == 0) return &known.project.tags;
  KnownCluster* const cluster = cluster_at(known, place);
  return cluster == nullptr ? nullptr : &cluster->cluster.tags;
}

Status status_of(const Query& query) {
  if (!query.ok()) return query.error();
  return Success{};
}

}  // namespace

InventoryReader::InventoryReader(Database& database)
    : get_projects_(database.prepare("SELECT project_id, name, known_since FROM projects "
                                     "ORDER BY project_id")),
      get_credentials_(database.prepare("SELECT project_id, name FROM project_credentials "
                                        "ORDER BY project_id, place")),
      get_clusters_(
          database.prepare("SELECT project_id, place, name, cluster_id, tier, api, created_at, "
                           "backup_enabled, paused, deleted FROM clusters "
                           "ORDER BY project_id, place")),
      get_sources_(
          database.prepare("SELECT project_id, place, source, from_the_start FROM cluster_sources "
                           "ORDER BY project_id, place, nth")),
      get_tags_(database.prepare("SELECT project_id, place, name, value FROM tags")) {}

Result<std::vector<KnownProject>> InventoryReader::read() {
  Projects projects;
  if (Status read = read_projects(projects); !read) return read.error();
  if (Status read = read_credentials(projects); !read) return read.error();
  if (Status read = read_clusters(projects); !read) return read.error();
  if (Status read = read_sources(projects); !read) return read.error();
  if (Status read = read_tags(projects); !read) return read.error();
  return projects;
}

Status InventoryReader::read_projects(Projects& projects) {
  Query query(get_projects_);
  while (query.next()) {
    KnownProject& known = projects.emplace_back();
    get_into(known.project.id, query);
    get_into(known.project.name, query);
    get_into(known.known_since, query);
  }
  return status_of(query);
}

Status InventoryReader::read_credentials(Projects& projects) {
  Query query(get_credentials_);
  while (query.next()) {
    KnownProject* const known = get_project(query, projects);
    if (known != nullptr) known->credentials.push_back(get<std::string>(query));
  }
  return status_of(query);
}

Status InventoryReader::read_clusters(Projects& projects) {
  Query query(get_clusters_);
  while (query.next()) {
    KnownProject* const known = get_project(query, projects);
    const auto place = get<std::uint64_t>(query);
    if (known == nullptr || place != known->clusters.size() + 1) {
      query.reject();
    } else {
      known->clusters.push_back({get_cluster(query), {}});
    }
  }
  return status_of(query);
}

Status InventoryReader::read_sources(Projects& projects) {
  Query query(get_sources_);
  while (query.next()) {
    KnownProject* const known = get_project(query, projects);
    const auto place = get<std::uint64_t>(query);
    KnownCluster* const cluster = known == nullptr ? nullptr : cluster_at(*known, place);
    if (cluster == nullptr) {
      query.reject();
    } else {
      WatchedSource& watched = cluster->sources.emplace_back();
      get_into(watched.source, query);
      get_into(watched.from_the_start, query);
    }
  }
  return status_of(query);
}

Status InventoryReader::read_tags(Projects& projects) {
  Query query(get_tags_);
  while (query.next()) {
    KnownProject* const known = get_project(query, projects);
    const auto place = get<std::uint64_t>(query);
    Tags* const tags = known == nullptr ? nullptr : tags_at(*known, place);
    if (tags == nullptr) {
      query.reject();
    } else {
      auto name = get<std::string>(query);
      tags->emplace(std::move(name), get<std::string>(query));
    }
  }
  return status_of(query);
}

}  // namespace restorewatch
