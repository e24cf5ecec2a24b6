#include "simulator/resources.h"

#include "simulator/json_text.h"
#include "simulator/object_id.h"

namespace atlas_simulator {
namespace {

bool is_cluster_name(const std::string& text) {
  constexpr std::string_view kLettersAndDigits =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return text.front() != '-' &&
         text.find_first_not_of(std::string(kLettersAndDigits) + '-') == std::string::npos;
}

Answer bad_attribute(std::string_view name, const std::string& value) {
  return atlas_error(400, "INVALID_ATTRIBUTE",
                     "Invalid attribute " + std::string(name) + " specified.",
                     {json_string(name), json_string(value)});
}

/// The complaint about the first path segment that cannot be an id or a name.
std::optional<Answer> bad_segment(const Route& route) {
  const auto is_bad_id = [](const std::string& id) { return !id.empty() && !is_object_id(id); };
  if (is_bad_id(route.organization)) return bad_attribute("orgId", route.organization);
  if (is_bad_id(route.project)) return bad_attribute("groupId", route.project);
  if (!route.cluster.empty() && !is_cluster_name(route.cluster)) {
    return bad_attribute("clusterName", route.cluster);
  }
  if (is_bad_id(route.job)) return bad_attribute("restoreJobId", route.job);
  return std::nullopt;
}

/// `envelope` and `pretty` are taken by every endpoint.
bool has_good_flags(const Query& query) {
  return read_flag(query, "envelope", false) && read_flag(query, "pretty", false);
}

}  // namespace

Answer no_such_project(const std::string& id) {
  return atlas_error(404, "GROUP_NOT_FOUND", "No group with ID " + id + " exists.",
                     {json_string(id)});
}

Answer bad_parameter() {
  return atlas_error(400, "VALIDATION_ERROR", "A query parameter has an invalid value.");
}

Answer no_such_cluster(const std::string& name, const Project& project) {
  return atlas_error(404, "CLUSTER_NOT_FOUND",
                     "No cluster named " + name + " exists in group " + project.id + ".",
                     {json_string(name), json_string(project.id)});
}

Served serve(const Question& question) {
  const Route& route = question.route;
  if (auto bad = bad_segment(route)) return {*std::move(bad)};
  if (!has_good_flags(question.request.query)) return {bad_parameter()};
  if (route.endpoint->kind == RequestKind::RateLimits) return {serve_limits(question)};
  if (route.project.empty()) return {serve_discovery(question, nullptr)};
  const Project* project = question.world.project(route.project);
  if (project == nullptr) return {no_such_project(route.project)};
  if (!may_see(*project, question.reader)) return {denied(question.rules.denied_status)};
  if (route.endpoint->source) return serve_jobs(question, *project);
  return {serve_discovery(question, project)};
}

}  // namespace atlas_simulator
