#include "simulator/resources.h"

#include <algorithm>

#include "simulator/job_body.h"
#include "simulator/json_text.h"
#include "simulator/paging.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

// One organization owns everything; its id only has to look like one.
constexpr std::string_view kOrganization = "32b6e34b3d91647abb20e7b8";

template <typename Row, typename Render>
std::vector<std::string> page_of(const std::vector<Row>& rows, const Paging& paging,
                                 Render render) {
  std::vector<std::string> page;
  const auto first = std::min<std::size_t>(static_cast<std::size_t>(paging.first()), rows.size());
  const auto last =
      std::min<std::size_t>(first + static_cast<std::size_t>(paging.per_page), rows.size());
  for (std::size_t i = first; i < last; ++i) page.push_back(render(rows[i]));
  return page;
}

template <typename Row, typename Render>
Answer list_answer(const Question& question, const Paging& paging, const std::vector<Row>& rows,
                   Render render) {
  Answer answer;
  answer.body =
      page_body(paging, static_cast<std::int64_t>(rows.size()), page_of(rows, paging, render),
                question.request.path, question.foreign_links);
  return answer;
}

std::vector<const Job*> listed_jobs(const Cluster& cluster, VirtualTime now) {
  std::vector<const Job*> jobs;
  for (const auto& job : cluster.jobs) {
    const Look look = look_at(job, now);
    if (look != Look::NotYet && look != Look::Gone) jobs.push_back(&job);
  }
  return jobs;
}

Served list_jobs(const Question& question, const Paging& paging, const Project& project,
                 const Cluster& cluster) {
  Served served;
  auto spoil = question.spoil;
  const auto render = [&](const Job* job) {
    if (!spoil) served.shown.push_back({job->id, look_at(*job, question.now)});
    return job_body(*job, project, cluster, question.now, std::exchange(spoil, std::nullopt));
  };
  served.answer = list_answer(question, paging, listed_jobs(cluster, question.now), render);
  return served;
}

Served get_job(const Question& question, const Paging& paging, const Project& project,
               const Cluster& cluster) {
  for (const Job* job : listed_jobs(cluster, question.now)) {
    if (job->id != question.route.job) continue;
    Served served;
    if (!question.spoil) served.shown.push_back({job->id, look_at(*job, question.now)});
    served.answer.body = job_body(*job, project, cluster, question.now, question.spoil);
    if (paging.envelope) {
      served.answer.body =
          JsonObject().number("status", 200).raw("content", served.answer.body).render();
    }
    return served;
  }
  return {atlas_error(404, "RESTORE_JOB_NOT_FOUND",
                      "No restore job with ID " + question.route.job + " exists.",
                      {json_string(question.route.job)}),
          {}};
}

Answer list_projects(const Question& question, const Paging& paging) {
  std::vector<const Project*> seen;
  for (const auto& project : question.world.projects()) {
    if (may_see(project, question.credential)) seen.push_back(&project);
  }
  return list_answer(question, paging, seen, [](const Project* project) {
    JsonObject body;
    body.number("clusterCount", static_cast<std::int64_t>(project->clusters.size()));
    body.text("created", "2023-01-01T00:00:00Z").text("id", project->id);
    return body.text("name", project->name).text("orgId", kOrganization).render();
  });
}

std::string cluster_json(const Project& project, const Cluster& cluster) {
  Draws draws(seed_for(0, project.id + cluster.name));
  JsonObject body;
  body.flag("backupEnabled", true).text("clusterType", cluster.sharded ? "SHARDED" : "REPLICASET");
  body.text("createDate", "2023-01-01T00:00:00Z").text("groupId", project.id);
  body.text("id", "63b0cd00" + draws.hex(16)).text("name", cluster.name);
  return body.flag("paused", false).flag("pitEnabled", true).text("stateName", "IDLE").render();
}

Answer list_clusters(const Question& question, const Paging& paging, const Project& project) {
  return list_answer(question, paging, project.clusters,
                     [&](const Cluster& cluster) { return cluster_json(project, cluster); });
}

bool is_object_id(const std::string& text) {
  return text.size() == 24 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool is_cluster_name(const std::string& text) {
  constexpr std::string_view kLettersAndDigits =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return text.front() != '-' &&
         text.find_first_not_of(std::string(kLettersAndDigits) + '-') == std::string::npos;
}

/// The complaint about the first path segment that cannot be an id or a name.
std::optional<Answer> bad_segment(const Route& route) {
  const auto complain = [](std::string_view name, const std::string& value) {
    return atlas_error(400, "INVALID_ATTRIBUTE",
                       "Invalid attribute " + std::string(name) + " specified.",
                       {json_string(name), json_string(value)});
  };
  if (!route.project.empty() && !is_object_id(route.project)) {
    return complain("groupId", route.project);
  }
  if (!route.cluster.empty() && !is_cluster_name(route.cluster)) {
    return complain("clusterName", route.cluster);
  }
  if (!route.job.empty() && !is_object_id(route.job)) return complain("restoreJobId", route.job);
  return std::nullopt;
}

Served serve_in_cluster(const Question& question, const Paging& paging, const Project& project) {
  const Route& route = question.route;
  const Cluster* cluster = World::cluster(project, route.cluster);
  if (cluster == nullptr) {
    return {
        atlas_error(404, "CLUSTER_NOT_FOUND",
                    "No cluster named " + route.cluster + " exists in group " + project.id + ".",
                    {json_string(route.cluster), json_string(project.id)}),
        {}};
  }
  return route.endpoint->kind == RequestKind::Get ? get_job(question, paging, project, *cluster)
                                                  : list_jobs(question, paging, project, *cluster);
}

}  // namespace

bool may_see(const Project& project, const std::string& credential) {
  if (!project.credentials || credential.empty()) return true;
  const auto& names = *project.credentials;
  return std::find(names.begin(), names.end(), credential) != names.end();
}

Served serve(const Question& question) {
  const Route& route = question.route;
  if (auto bad = bad_segment(route)) return {*std::move(bad), {}};
  const auto paging = read_paging(question.request.query);
  if (!paging) {
    return {atlas_error(400, "VALIDATION_ERROR", "A query parameter has an invalid value."), {}};
  }
  if (route.project.empty()) return {list_projects(question, *paging), {}};
  const Project* project = question.world.project(route.project);
  if (project == nullptr) {
    return {atlas_error(404, "GROUP_NOT_FOUND", "No group with ID " + route.project + " exists.",
                        {json_string(route.project)}),
            {}};
  }
  if (route.cluster.empty()) return {list_clusters(question, *paging, *project), {}};
  return serve_in_cluster(question, *paging, *project);
}

}  // namespace atlas_simulator
