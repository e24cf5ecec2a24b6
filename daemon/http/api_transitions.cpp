#include <limits>

#include "base/json_object.h"
#include "http/api.h"
#include "http/api_pages.h"

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, 2> kParameters{"after", "limit"};

std::string item_of(const SiteSource& source, const JournalEntry& entry) {
  std::vector<Field> fields = source.event_of(entry);
  fields.emplace_back("seq", entry.seq);
  return json_object(fields);
}

}  // namespace

Reply api_transitions(const SiteSource& source, std::string_view query) {
  const auto parameters = parse_query(query, kParameters);
  if (!parameters) return json_error(parameters.error());
  constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
  const auto after = number_of(*parameters, "after", 0, kMost, 0);
  if (!after) return json_error(after.error());
  const auto limit = limit_of(*parameters);
  if (!limit) return json_error(limit.error());
  const auto page = source.archive->transitions_after(*after, *limit);
  if (!page) return json_error(page.error());
  std::vector<std::string> items;
  for (const JournalEntry& entry : page->entries) items.push_back(item_of(source, entry));
  return json_reply(JsonObject()
                        .add_json("items", json_array(items))
                        .add("next_after", page->read_to)
                        .add("more", !page->is_last)
                        .text());
}

}  // namespace restorewatch
