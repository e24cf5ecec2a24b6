#include "simulator/json_text.h"
#include "simulator/resources.h"
#include "simulator/wrong_tier.h"

namespace atlas_simulator {
namespace {

/// Source: Atlas Admin API, parameters of each operation, and the published v1.0 examples.
ListTraits traits_of(const Question& question) {
  const Endpoint& endpoint = *question.route.endpoint;
  const bool old = endpoint.generation == Generation::V1;
  ListTraits traits;
  traits.foreign_links = question.rules.foreign_links;
  if (endpoint.source == Source::Collection) traits.counted = false;
  if (endpoint.source == Source::Serverless && old) traits.host = "http://cloud.mongodb.com";
  if (endpoint.source == Source::Tenant) {
    traits.paged = traits.counted = old;
    traits.linked = !old;
  }
  return traits;
}

JobView view_of(const Question& question, const Project& project, const Cluster& cluster,
                const Job& job) {
  return {job, project, cluster, question.now, question.route.endpoint->generation};
}

/// Adds one row; a spoilt one shows nothing.
void add_row(const JobView& view, const Question& question, std::optional<BadField> spoil,
             std::string& rows, Served& served) {
  if (!rows.empty()) rows += ',';
  if (spoil) {
    rows += job_body(view, spoil);
  } else {
    rows += question.bodies.body(view);
    served.shown.push_back({view.job.number, look_at(view.job, view.now)});
  }
}

Served list_jobs(const Question& question, const Project& project, const Cluster& cluster) {
  const ListTraits traits = traits_of(question);
  const auto paging = read_paging(question.request.query, traits);
  if (!paging) return {bad_parameter()};
  const JobList& jobs = cluster.jobs(*question.route.endpoint->source);
  const std::size_t total = jobs.visible_count(question.now);
  const std::size_t most = traits.paged ? static_cast<std::size_t>(paging->per_page) : total;
  const auto page = jobs.visible(question.now, static_cast<std::size_t>(paging->first()), most);
  Served served;
  std::string rows;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const auto spoil = i == 0 ? question.spoil : std::nullopt;
    add_row(view_of(question, project, cluster, *page[i]), question, spoil, rows, served);
  }
  served.answer.body = page_body(*paging, traits, static_cast<std::int64_t>(total), std::move(rows),
                                 question.request.path);
  return served;
}

Answer no_such_job(Source source, const std::string& id) {
  const bool status = source == Source::Flex || source == Source::Tenant;
  return atlas_error(404, status ? "TENANT_RESTORE_NOT_FOUND" : "RESTORE_JOB_NOT_FOUND",
                     "No restore job with ID " + id + " exists.", {json_string(id)});
}

Served get_job(const Question& question, const Project& project, const Cluster& cluster) {
  const Source source = *question.route.endpoint->source;
  const Job* job = cluster.jobs(source).find(question.route.job, question.now);
  if (job == nullptr) return {no_such_job(source, question.route.job)};
  Served served;
  add_row(view_of(question, project, cluster, *job), question, question.spoil, served.answer.body,
          served);
  return served;
}

}  // namespace

Served serve_jobs(const Question& question, const Project& project) {
  const Route& route = question.route;
  const Source source = *route.endpoint->source;
  if (!may_list(project, question.reader, source)) return {denied(question.rules.denied_status)};
  const Cluster* cluster = project.cluster(route.cluster);
  if (cluster == nullptr) return {no_such_cluster(route.cluster, project)};
  if (auto wrong = wrong_tier(*cluster, source)) return {*std::move(wrong)};
  Served served = route.is_list() ? list_jobs(question, project, *cluster)
                                  : get_job(question, project, *cluster);
  served.cluster = cluster->number;
  return served;
}

}  // namespace atlas_simulator
