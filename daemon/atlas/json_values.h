#pragma once

// What this folder's decoders share. Only their .cpp files include this: it shows simdjson, whose
// on-demand values are made to be inlined, so there is no cheap way to hide them.

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "atlas/json_parser.h"
#include "base/result.h"
#include "base/time.h"
#include "jobs/object_id.h"

namespace restorewatch {

struct JsonParser::Impl {
  simdjson::ondemand::parser parser;
};

namespace json {

using simdjson::error_code;
using simdjson::ondemand::json_type;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

/// What was found where a value was expected. After Broken the document cannot be read further.
enum class Found { Value, Null, Wrong, Broken };

Found read_bool(value from, bool& to);
/// The text is valid until the parser takes another document. Each may be taken once only: the
/// parser has no room for more, and does not look.
Found read_text(value from, std::string_view& to);
Found read_time(value from, std::optional<WallTime>& to);
/// As below; what stood there instead of an id is in `text`, where it is one.
Found read_id_text(value from, std::optional<ObjectId>& to, std::string_view& text);
/// An empty text says as little as null: a download has no target, however that is written.
Found read_object_id(value from, std::optional<ObjectId>& to);
Found read_count(value from, std::uint64_t& to);
/// Whole seconds since the epoch, from 1970 to 9999.
Found read_unix_seconds(value from, std::optional<WallTime>& to);

/// Calls `visit(key, value)` for each member; stops at the first error, its own or `visit`'s.
template <typename Visit>
error_code for_each_member(object from, Visit visit) {
  for (auto member : from) {
    std::string_view key;
    value member_value;
    if (const error_code error = member.unescaped_key().get(key)) return error;
    if (const error_code error = member.value().get(member_value)) return error;
    if (const error_code error = visit(key, member_value)) return error;
  }
  return simdjson::SUCCESS;
}

template <typename Visit>
error_code for_each_element(simdjson::ondemand::array from, Visit visit) {
  for (auto element : from) {
    value element_value;
    if (const error_code error = element.get(element_value)) return error;
    if (const error_code error = visit(element_value)) return error;
  }
  return simdjson::SUCCESS;
}

/// Reads an object: visit(key, value) says what it found. Wrong if any member is wrong.
template <typename Visit>
Found read_object(value from, Visit visit) {
  json_type type{};
  if (from.type().get(type) != simdjson::SUCCESS) return Found::Broken;
  if (type == json_type::null) return Found::Null;
  if (type != json_type::object) return Found::Wrong;
  object members;
  if (from.get_object().get(members) != simdjson::SUCCESS) return Found::Broken;
  Found worst = Found::Value;
  const error_code error =
      for_each_member(members, [&](std::string_view key, value member) -> error_code {
        const Found is = visit(key, member);
        if (is == Found::Wrong) worst = is;
        return is == Found::Broken ? simdjson::TAPE_ERROR : simdjson::SUCCESS;
      });
  return error == simdjson::SUCCESS ? worst : Found::Broken;
}

/// Reads a document that is one object, to its end: visit(key, value) as above. Malformed, with
/// the place and the reason, for anything else. `body` may be given room for padding.
template <typename Visit>
Status read_document(JsonParser& parser, std::string& body, Visit visit);

Error malformed(error_code error, const std::string& body, const char* place);
Status check_end(simdjson::ondemand::document& document, const std::string& body);
void forget_large_document(JsonParser& parser);

template <typename Visit>
Status read_document(JsonParser& parser, std::string& body, Visit visit) {
  body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::document document;
  object root;
  error_code error =
      parser.impl().parser.iterate(body.data(), body.size(), body.capacity()).get(document);
  if (error) return malformed(error, body, nullptr);
  error = document.get_object().get(root);
  if (!error) error = for_each_member(root, visit);
  const char* place = nullptr;
  if (error && document.current_location().get(place)) place = nullptr;
  Status status = error ? Status(malformed(error, body, place)) : check_end(document, body);
  forget_large_document(parser);
  return status;
}

}  // namespace json
}  // namespace restorewatch
