#include <optional>
#include <utility>

#include "atlas/directory_members.h"

namespace restorewatch {
namespace {

using json::error_code;
using json::unless_broken;
using json::value;

class ProjectReader {
 public:
  error_code member(std::string_view key, value from) {
    if (key == "id") return unless_broken(json::read_object_id(from, id_));
    if (key == "name") return unless_broken(json::read_name(from, project_.name));
    if (key == "tags") return json::read_tags(from, project_.tags);
    return simdjson::SUCCESS;
  }

  std::optional<OddRow> finish(Project& to) {
    if (!id_) return OddRow{std::move(project_.name), "id: not 24 hex digits"};
    if (project_.name.empty()) return OddRow{to_string(*id_), "name: not a name"};
    project_.id = *id_;
    to = std::move(project_);
    return std::nullopt;
  }

 private:
  std::optional<ObjectId> id_;
  Project project_;
};

}  // namespace

Result<ProjectPage> decode_projects(JsonParser& parser, std::string& body) {
  return json::read_directory<ProjectReader, Project>(parser, body);
}

}  // namespace restorewatch
