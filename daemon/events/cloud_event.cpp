#include "events/cloud_event.h"

#include <utility>
#include <vector>

#include "events/event_fields.h"

namespace restorewatch {
namespace {

/// A URI-reference. It names no host: the same event has the same id on every replica.
constexpr std::string_view kSource = "/restorewatch";

Field data_of(const JournalEntry& entry) {
  std::vector<Field> fields = event_fields(entry);
  fields.insert(fields.begin(), Field("level", label(level_of(entry))));
  if (entry.transition() != nullptr) fields.emplace_back("seq", entry.seq);  // else it is there
  Field data("data", json_object(fields));
  data.type = Field::Type::Literal;
  return data;
}

}  // namespace

std::string cloud_event(const JournalEntry& entry) {
  const Transition* const transition = entry.transition();
  const bool is_step = transition != nullptr;
  std::vector<Field> event{
      {"specversion", "1.0"},
      {"id", id_of(entry)},
      {"source", kSource},
      {"type", is_step ? "restorewatch.restore_transition" : "restorewatch.journal_head"},
      {"time", format_time(time_of(entry))}};
  if (is_step) event.emplace_back("subject", to_string(transition->job.id));
  event.emplace_back("datacontenttype", "application/json");
  event.push_back(data_of(entry));
  return json_object(event);
}

}  // namespace restorewatch
