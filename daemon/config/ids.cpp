#include "config/ids.h"

#include <optional>

namespace restorewatch {

Result<ObjectId> check_id(const std::string& text, std::string_view whose) {
  if (const std::optional<ObjectId> id = parse_object_id(text)) return *id;
  return Error{ErrorKind::BadConfig,
               "must be " + std::string(whose) + " id: 24 hexadecimal digits"};
}

Result<ProjectId> check_project_id(const std::string& text) {
  return check_id(text, "a project's");
}

}  // namespace restorewatch
