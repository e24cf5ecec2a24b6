#include "simulator/job_paths.h"

#include "simulator/json_text.h"

namespace atlas_simulator {
namespace {

/// What stands before and behind the cluster's name.
std::pair<std::string_view, std::string_view> around_name(Source source) {
  switch (source) {
    case Source::Dedicated:
      return {"/clusters/", "/backup/restoreJobs"};
    case Source::Flex:
      return {"/flexClusters/", "/backup/restoreJobs"};
    case Source::Collection:
      return {"/clusters/", "/collectionRestoreJobs"};
    case Source::Serverless:
      return {"/serverless/", "/backup/restoreJobs"};
    case Source::Tenant:
      return {"/clusters/", "/backup/tenant/restores"};
  }
  return {};
}

}  // namespace

std::string project_path(Generation generation, const std::string& project_id) {
  const std::string api = generation == Generation::V2 ? "v2" : "v1.0";
  return "/api/atlas/" + api + "/groups/" + project_id;
}

std::string jobs_path(Generation generation, Source source, const std::string& project_id,
                      const std::string& cluster) {
  const auto [before, behind] = around_name(source);
  return project_path(generation, project_id) + std::string(before) + cluster + std::string(behind);
}

std::string link_json(std::string_view rel, std::string_view host, const std::string& path) {
  return JsonObject().text("rel", rel).text("href", std::string(host) + path).render();
}

}  // namespace atlas_simulator
