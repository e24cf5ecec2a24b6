#include <algorithm>

#include "simulator/cluster_body.h"
#include "simulator/json_text.h"
#include "simulator/resources.h"
#include "simulator/wrong_tier.h"

namespace atlas_simulator {
namespace {

template <typename Row, typename Render>
Answer list_answer(const Question& question, const std::vector<const Row*>& rows, Render render) {
  ListTraits traits;
  traits.foreign_links = question.rules.foreign_links;
  const auto paging = read_paging(question.request.query, traits);
  if (!paging) return bad_parameter();
  const auto first = std::min(static_cast<std::size_t>(paging->first()), rows.size());
  const auto last = std::min(first + static_cast<std::size_t>(paging->per_page), rows.size());
  std::string page;
  for (std::size_t i = first; i < last; ++i) page += (i > first ? "," : "") + render(*rows[i]);
  Answer answer;
  answer.body = page_body(*paging, traits, static_cast<std::int64_t>(rows.size()), std::move(page),
                          question.request.path);
  return answer;
}

template <typename Accept>
Answer list_projects(const Question& question, Accept accept) {
  std::vector<const Project*> seen;
  for (const auto& project : question.world.projects()) {
    if (may_see(project, question.reader) && accept(project)) seen.push_back(&project);
  }
  return list_answer(question, seen, project_body);
}

/// A member of another organization may not ask; of one that nobody knows, the same is said.
Answer list_organization(const Question& question) {
  const std::string& asked = question.route.organization;
  const Reader& reader = question.reader;
  if (!reader.name.empty() && reader.organization != asked) {
    return denied(question.rules.denied_status);
  }
  const auto& query = question.request.query;
  const auto name = query.find("name");
  const std::string prefix = name == query.end() ? "" : name->second;
  return list_projects(question, [&](const Project& project) {
    return project.organization == asked && project.name.starts_with(prefix);
  });
}

bool is_of(const Cluster& cluster, RequestKind kind) {
  switch (cluster.tier) {
    case Tier::Flex:
      return kind == RequestKind::FlexClusters;
    case Tier::Serverless:
      return kind == RequestKind::Serverless;
    case Tier::Dedicated:
    case Tier::Tenant:
    case Tier::Free:
      return kind == RequestKind::Clusters;
  }
  return false;
}

std::string body_of(const Question& question, const Project& project, const Cluster& cluster) {
  const RequestKind kind = question.route.endpoint->kind;
  if (kind == RequestKind::FlexClusters) return flex_body(cluster, project);
  if (kind == RequestKind::Serverless) return serverless_body(cluster, project);
  return cluster_body(cluster, project, question.version);
}

Answer list_clusters(const Question& question, const Project& project) {
  const RequestKind kind = question.route.endpoint->kind;
  const auto kept = read_flag(question.request.query, "includeDeletedWithRetainedBackups", false);
  if (kind == RequestKind::Clusters && !kept) return bad_parameter();
  const bool with_kept = kind == RequestKind::Clusters && kept.value_or(false);
  // Since their end, the list of serverless instances is empty, and no error.
  const bool none = kind == RequestKind::Serverless && question.rules.retired != Retired::Served;
  std::vector<const Cluster*> rows;
  for (const auto& cluster : project.clusters) {
    const bool there = !cluster.deleted || (with_kept && cluster.keeps_backups);
    if (!none && there && is_of(cluster, kind)) rows.push_back(&cluster);
  }
  return list_answer(question, rows,
                     [&](const Cluster& cluster) { return body_of(question, project, cluster); });
}

Answer get_cluster(const Question& question, const Project& project) {
  const Cluster* cluster = project.cluster(question.route.cluster);
  if (cluster == nullptr) return no_such_cluster(question.route.cluster, project);
  if (auto wrong = wrong_cluster_api(*cluster, question.route.endpoint->kind)) {
    return *std::move(wrong);
  }
  Answer answer;
  answer.body = body_of(question, project, *cluster);
  return answer;
}

Answer get_project(const Project& project) {
  Answer answer;
  answer.body = project_body(project);
  return answer;
}

}  // namespace

Answer serve_discovery(const Question& question, const Project* project) {
  const Route& route = question.route;
  if (route.endpoint->kind == RequestKind::OrgProjects) return list_organization(question);
  if (project == nullptr) return list_projects(question, [](const Project&) { return true; });
  if (route.endpoint->kind == RequestKind::Project) return get_project(*project);
  return route.cluster.empty() ? list_clusters(question, *project)
                               : get_cluster(question, *project);
}

}  // namespace atlas_simulator
