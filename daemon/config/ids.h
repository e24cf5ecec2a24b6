#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "jobs/object_id.h"

namespace restorewatch {

/// Reads an id as Atlas writes them. Errors: BadConfig, "must be `whose` id: 24 hexadecimal
/// digits".
Result<ObjectId> check_id(const std::string& text, std::string_view whose);

/// Of a project.
Result<ProjectId> check_project_id(const std::string& text);

}  // namespace restorewatch
