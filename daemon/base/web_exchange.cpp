#include "base/web_exchange.h"

#include <algorithm>

namespace restorewatch {

bool WebRequest::has(std::string_view header) const {
  return std::ranges::any_of(headers, [&](const auto& line) { return line.first == header; });
}

std::string WebRequest::list_of(std::string_view header) const {
  std::string all;
  for (const auto& [name, value] : headers) {
    if (name == header) all += value + ",";
  }
  return all;
}

}  // namespace restorewatch
