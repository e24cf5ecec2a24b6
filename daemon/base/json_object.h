#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log_line.h"
#include "base/time.h"

namespace restorewatch {

/// Something that has a name of its own in text, as an Atlas id has.
template <typename Value>
concept Textual = requires(const Value& value) {
  { to_string(value) } -> std::same_as<std::string>;
};

/// Collects the members of a JSON object; one whose value is absent is left out. Keys must outlive
/// it.
class JsonObject {
 public:
  JsonObject() = default;
  explicit JsonObject(std::vector<Field> members) : members_(std::move(members)) {}

  template <typename Value>
  JsonObject& add(std::string_view key, const Value& value) {
    members_.emplace_back(key, value);
    return *this;
  }
  JsonObject& add(std::string_view key, const WallTime& time) {
    return add(key, format_time(time));
  }
  template <Textual Value>
  JsonObject& add(std::string_view key, const Value& value) {
    return add(key, to_string(value));
  }
  /// In seconds.
  JsonObject& add(std::string_view key, std::chrono::milliseconds duration) {
    return add(key, std::chrono::duration<double>(duration).count());
  }
  template <typename Value>
  JsonObject& add(std::string_view key, const std::optional<Value>& value) {
    return value ? add(key, *value) : *this;
  }
  /// As null where it is absent.
  template <typename Value>
  JsonObject& add_or_null(std::string_view key, const std::optional<Value>& value) {
    return value ? add(key, *value) : add_json(key, "null");
  }
  /// `json` is JSON already.
  JsonObject& add_json(std::string_view key, std::string json) {
    Field& member = members_.emplace_back(key, std::move(json));
    member.type = Field::Type::Literal;
    return *this;
  }

  std::string text() const { return json_object(members_); }

 private:
  std::vector<Field> members_;
};

std::string json_string(std::string_view text);

/// Each of which is JSON already.
std::string json_array(const std::vector<std::string>& elements);

template <typename Items, typename ToJson>
std::string json_array(const Items& items, ToJson to_json) {
  std::vector<std::string> elements;
  elements.reserve(std::size(items));
  for (const auto& item : items) elements.push_back(to_json(item));
  return json_array(elements);
}

}  // namespace restorewatch
