#include "atlas/job_family.h"

#include "atlas/link_search.h"
#include "atlas/names.h"
#include "atlas/shown_text.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxShownWord = 40;

}  // namespace

void JobFields::note_unknown(std::string_view member, std::string_view word) {
  unknown_words.push_back({job.id, std::string(member), shown(word, kMaxShownWord)});
}

void take_state(JobFields& fields, std::string_view member, std::span<const WordRule> rules) {
  const WordRule* rule = find_rule(rules, fields.state_word);
  if (rule != nullptr) {
    fields.job.state = rule->state;
    fields.job.outcome = rule->outcome;
  } else if (!fields.state_word.empty()) {
    fields.note_unknown(member, fields.state_word);
  }
}

std::optional<WallTime> recovery_point_of(const JobFields& fields) {
  if (fields.point_in_time) return fields.point_in_time;
  if (fields.oplog_time) return fields.oplog_time;
  if (fields.desired_time) return fields.desired_time;
  return fields.job.snapshot_at;
}

namespace json {

Found read_job_id(value from, JobFields& to) {
  std::string_view text;
  const Found is = read_id_text(from, to.id, text);
  if (is == Found::Null) return Found::Wrong;
  if (!to.id) to.shown_id = shown(text, kMaxShownWord);
  return is;
}

Found read_target_cluster(value from, JobFields& to) {
  std::string_view name;
  const Found is = read_text(from, name);
  if (is != Found::Value || name.empty()) return is;
  // A label never holds a link, whatever stands in the place of a name.
  if (!is_name(name) || name.find("://") != std::string_view::npos) return Found::Wrong;
  to.job.target_cluster = std::string(name);
  return Found::Value;
}

Found read_desired_time(value from, JobFields& to) {
  return read_object(from, [&](std::string_view key, value member) {
    return key == "date" ? read_time(member, to.desired_time) : Found::Value;
  });
}

Found read_links(value from, JobFields& to) {
  LinkSearch search;
  if (search.look(from) != simdjson::SUCCESS) return Found::Broken;
  to.has_link = to.has_link || search.found();
  return search.met_something_else() ? Found::Wrong : Found::Value;
}

}  // namespace json
}  // namespace restorewatch
