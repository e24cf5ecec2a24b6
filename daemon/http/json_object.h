#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log_line.h"
#include "jobs/object_id.h"

namespace restorewatch {

/// Collects the members of a JSON object; one whose value is absent is left out. Keys are literals.
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
  JsonObject& add(std::string_view key, const ObjectId& id) { return add(key, to_string(id)); }
  /// In seconds.
  JsonObject& add(std::string_view key, std::chrono::milliseconds duration) {
    return add(key, std::chrono::duration<double>(duration).count());
  }
  template <typename Value>
  JsonObject& add(std::string_view key, const std::optional<Value>& value) {
    return value ? add(key, *value) : *this;
  }
  /// `json` is JSON already.
  JsonObject& add_json(std::string_view key, std::string json) {
    members_.emplace_back(key, std::move(json)).type = Field::Type::Literal;
    return *this;
  }

  std::string text() const { return json_object(members_); }

 private:
  std::vector<Field> members_;
};

/// Each of which is JSON already.
std::string json_array(const std::vector<std::string>& elements);

}  // namespace restorewatch
