#pragma once

#include <string>

#include "app/survey.h"

namespace restorewatch {

/// What `restorewatch targets` prints, as a table for people.
std::string target_table(const Survey& survey);

/// The same for programs: one JSON object.
std::string target_json(const Survey& survey);

}  // namespace restorewatch
