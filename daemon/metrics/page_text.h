#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace restorewatch {

/// A page in the text exposition format: families sorted by name, each name once.
struct PageText {
  std::string text;
  std::vector<std::size_t> families;  // where each begins, ascending
};

}  // namespace restorewatch
