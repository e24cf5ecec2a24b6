#include "atlas/job_reader.h"

#include <iterator>
#include <utility>

namespace restorewatch {

json::error_code JobReader::member(std::string_view key, json::value from) {
  const std::size_t at = family_.members.find(key);
  if (at == family_.members.size()) return simdjson::SUCCESS;
  const std::uint32_t bit = 1U << at;
  if ((seen_ & bit) != 0) {
    note_wrong(key, "given twice");
    return simdjson::SUCCESS;
  }
  seen_ |= bit;
  const MemberRule& rule = family_.members[at];
  const json::Found is = rule.read(from, fields_);
  if (is == json::Found::Wrong) note_wrong(key, "not " + std::string(rule.wanted));
  return is == json::Found::Broken ? simdjson::TAPE_ERROR : simdjson::SUCCESS;
}

/// The first thing that is wrong is the one that is told.
void JobReader::note_wrong(std::string_view key, std::string_view what) {
  if (wrong_.empty()) wrong_ = std::string(key) + ": " + std::string(what);
}

std::optional<UnreadableJob> JobReader::finish(std::vector<UnknownWord>& words) {
  if (!fields_.id && wrong_.empty()) wrong_ = "id: missing";
  if (!wrong_.empty()) {
    return UnreadableJob{fields_.id ? to_string(*fields_.id) : std::move(fields_.shown_id),
                         std::move(wrong_)};
  }
  fields_.job.id = *fields_.id;
  family_.complete(fields_);
  words.insert(words.end(), std::make_move_iterator(fields_.unknown_words.begin()),
               std::make_move_iterator(fields_.unknown_words.end()));
  return std::nullopt;
}

}  // namespace restorewatch
