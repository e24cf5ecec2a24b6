#include <chrono>

#include "simulator/json_text.h"
#include "simulator/resources.h"

namespace atlas_simulator {
namespace {

std::string value(std::int64_t number) {
  return JsonObject().number("value", number).render();
}

std::string row(std::string_view set, const RateLimit& limit) {
  std::vector<std::string> paths;
  for (const auto& path : paths_of(set)) paths.push_back(JsonObject().text("path", path).render());
  const auto per = std::chrono::ceil<std::chrono::seconds>(limit.per).count();
  return JsonObject()
      .text("endpointSetId", set)
      .text("endpointSetName", set)
      .text("scope", "GROUP")
      .raw("endpoints", json_array(paths))
      .raw("capacity", value(limit.capacity))
      .raw("refillRate", value(limit.refill))
      .raw("refillDurationSeconds", value(per))
      .render();
}

}  // namespace

Answer serve_limits(const Question& question) {
  const auto asked = question.request.query.find("groupId");
  if (asked == question.request.query.end()) return bad_parameter();
  const Project* project = question.world.project(asked->second);
  if (project == nullptr) return no_such_project(asked->second);
  if (!may_see(*project, question.reader)) return denied(question.rules.denied_status);
  std::vector<std::string> rows;
  for (const auto set : endpoint_sets()) {
    if (is_counted_by_project(set)) rows.push_back(row(set, limit_of(set, question.rules)));
  }
  Answer answer;
  answer.body = JsonObject().raw("results", json_array(rows)).render();
  return answer;
}

}  // namespace atlas_simulator
