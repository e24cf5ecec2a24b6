#include "atlas/json_values.h"

namespace restorewatch {

JsonParser::JsonParser() : impl_(std::make_unique<Impl>()) {}
JsonParser::~JsonParser() = default;

namespace json {
namespace {

constexpr std::int64_t kLastSecond = 253'402'300'799;  // 9999-12-31T23:59:59Z

/// Parsers keep several times the size of the largest document; beyond this it is given back.
constexpr std::size_t kKeptCapacity = 4U << 20U;

/// What an attempt to take a value means. The type is looked at only after a failure: most values
/// are what they should be, and looking first costs as much as taking them.
Found found(error_code error, value& from) {
  switch (error) {
    case simdjson::SUCCESS:
      return Found::Value;
    case simdjson::STRING_ERROR:  // within the text, which has been taken by then
      return Found::Wrong;
    case simdjson::INCORRECT_TYPE:
    case simdjson::NUMBER_ERROR:
    case simdjson::NUMBER_OUT_OF_RANGE: {
      json_type type{};
      if (from.type().get(type) != simdjson::SUCCESS) return Found::Broken;
      return type == json_type::null ? Found::Null : Found::Wrong;
    }
    default:
      return Found::Broken;
  }
}

/// What stands in the document from the value's first character to a quote `size` characters on.
/// If that is an id or a time it is the whole text, since neither has a quote or an escape; if not
/// it says nothing. Looking in place saves a copy, and ids and times are most of what is read.
/// (Behind the document there is room to look at.)
std::optional<std::string_view> plain_text(value& from, std::size_t size) {
  simdjson::ondemand::raw_json_string raw;
  if (from.get_raw_json_string().get(raw) != simdjson::SUCCESS) return std::nullopt;
  if (raw.raw()[size] != '"') return std::nullopt;
  return std::string_view(raw.raw(), size);
}

constexpr std::size_t kIdSize = 24;
constexpr std::size_t kTimeSize = 20;  // "2026-08-10T09:42:00Z"

}  // namespace

Found read_bool(value from, bool& to) {
  return found(from.get_bool().get(to), from);
}

Found read_text(value from, std::string_view& to) {
  return found(from.get_string().get(to), from);
}

Found read_time(value from, std::optional<WallTime>& to) {
  if (const auto plain = plain_text(from, kTimeSize)) {
    to = parse_time(*plain);
    if (to) return Found::Value;
  }
  std::string_view text;
  const Found is = read_text(from, text);
  if (is != Found::Value) return is;
  to = parse_time(text);
  return to ? Found::Value : Found::Wrong;
}

Found read_id_text(value from, std::optional<ObjectId>& to, std::string_view& text) {
  if (const auto plain = plain_text(from, kIdSize)) {
    to = parse_object_id(*plain);
    if (to) return Found::Value;
  }
  const Found is = read_text(from, text);
  if (is != Found::Value) return is;
  if (text.empty()) return Found::Null;
  to = parse_object_id(text);
  return to ? Found::Value : Found::Wrong;
}

Found read_object_id(value from, std::optional<ObjectId>& to) {
  std::string_view text;
  return read_id_text(from, to, text);
}

Found read_count(value from, std::uint64_t& to) {
  return found(from.get_uint64().get(to), from);
}

Found read_unix_seconds(value from, std::optional<WallTime>& to) {
  std::int64_t seconds = 0;
  const Found is = found(from.get_int64().get(seconds), from);
  if (is != Found::Value) return is;
  if (seconds < 0 || seconds > kLastSecond) return Found::Wrong;
  to = from_unix_seconds(seconds);
  return Found::Value;
}

Error malformed(error_code error, const std::string& body, const char* place) {
  std::string detail = "not the documented JSON: ";
  detail += simdjson::error_message(error);
  if (place >= body.data() && place <= body.data() + body.size()) {
    detail += " At byte " + std::to_string(place - body.data()) + " of " +
              std::to_string(body.size()) + ".";
  }
  return Error{ErrorKind::Malformed, std::move(detail)};
}

Status check_end(simdjson::ondemand::document& document, const std::string& body) {
  const char* place = nullptr;
  // Behind the last token there is no location; anything else is a second document.
  if (document.current_location().get(place) == simdjson::OUT_OF_BOUNDS) return Success{};
  return malformed(simdjson::TRAILING_CONTENT, body, place);
}

void forget_large_document(JsonParser& parser) {
  if (parser.impl().parser.capacity() > kKeptCapacity)
    parser.impl().parser = simdjson::ondemand::parser();
}

}  // namespace json
}  // namespace restorewatch
