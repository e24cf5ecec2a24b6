#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/web_rules.h"

namespace restorewatch {

/// What reading the web file came to. Each problem and each warning is a line for people.
struct WebReading {
  std::optional<WebRules> rules;  // absent exactly where there are problems
  std::vector<std::string> problems;
  std::vector<std::string> warnings;  // for who checks the file; at work nobody is told again
  std::string file{};                 // what stands in front of a problem that is found later
};

}  // namespace restorewatch
