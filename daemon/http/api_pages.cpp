#include "http/api_pages.h"

#include "base/json_object.h"

namespace restorewatch {

Result<std::uint64_t> limit_of(const Parameters& parameters) {
  return number_of(parameters, "limit", 1, kMaxLimit, kDefaultLimit);
}

Result<std::shared_ptr<const Snapshot>> snapshot_of(const SiteSource& source) {
  auto snapshot = source.snapshot();
  if (!snapshot) return Error{ErrorKind::Other, "nothing is known yet"};
  return snapshot;
}

Error bad_cursor() {
  return {ErrorKind::BadConfig, "cursor: is none that an answer of this list has given"};
}

std::string page_json(const std::vector<std::string>& items, const std::string& next_cursor) {
  JsonObject page;
  page.add_json("items", json_array(items));
  next_cursor.empty() ? page.add_json("next_cursor", "null") : page.add("next_cursor", next_cursor);
  return page.text();
}

}  // namespace restorewatch
