#include "atlas/served_at.h"

#include "base/http_date.h"

namespace restorewatch {

std::optional<WallTime> served_at(const HttpResponse& response) {
  const auto date = response.headers.find("date");
  return date == response.headers.end() ? std::nullopt : parse_http_date(date->second);
}

}  // namespace restorewatch
