#pragma once

// Included by decoders' .cpp files only, see json_values.h.

#include <optional>
#include <string>
#include <string_view>

#include "atlas/directory_pages.h"
#include "atlas/json_values.h"
#include "atlas/list_walk.h"
#include "jobs/cluster.h"

namespace restorewatch::json {

/// A name that must be there. Wrong: empty, too long, not fit to be carried around.
Found read_name(value from, std::string& to);

/// The text, or nothing where something else stands.
Found read_any_text(value from, std::string_view& to);

/// As above for true and false; what is no flag leaves `to`.
Found read_any_flag(value from, bool& to);

/// [{"key": …, "value": …}]; what is none of these is passed over.
error_code read_tags(value from, Tags& to);

/// Calls visit(key, value) for the members of an object, nothing for anything else.
template <typename Visit>
error_code walk_object(value from, Visit visit) {
  json_type type{};
  if (const error_code error = from.type().get(type)) return error;
  if (type != json_type::object) return simdjson::SUCCESS;
  object members;
  if (const error_code error = from.get_object().get(members)) return error;
  return for_each_member(members, visit);
}

/// Calls visit(value) for the elements of a list, nothing for anything else.
template <typename Visit>
error_code walk_array(value from, Visit visit) {
  json_type type{};
  if (const error_code error = from.type().get(type)) return error;
  if (type != json_type::array) return simdjson::SUCCESS;
  simdjson::ondemand::array elements;
  if (const error_code error = from.get_array().get(elements)) return error;
  return for_each_element(elements, visit);
}

/// The document's error if there is one; what is merely wrong is passed over.
inline error_code unless_broken(Found is) {
  return is == Found::Broken ? simdjson::TAPE_ERROR : simdjson::SUCCESS;
}

/// A list whose rows are read by Reader: `error_code member(key, value)` and
/// `std::optional<OddRow> finish(Row& to)`.
template <typename Reader, typename Row, typename... Args>
Result<DirectoryPage<Row>> read_directory(JsonParser& parser, std::string& body,
                                          const Args&... args) {
  DirectoryPage<Row> page;
  const Status status = read_list(parser, body, page, [&](value from) -> error_code {
    if (page.row_count() == kMaxRows) return simdjson::CAPACITY;
    Reader reader(args...);
    const error_code error = walk_object(
        from, [&](std::string_view key, value member) { return reader.member(key, member); });
    if (error) return error;
    Row row;
    if (auto odd = reader.finish(row)) {
      page.odd.push_back(std::move(*odd));
    } else {
      page.rows.push_back(std::move(row));
    }
    return simdjson::SUCCESS;
  });
  if (!status) return status.error();
  return page;
}

}  // namespace restorewatch::json
