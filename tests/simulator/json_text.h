#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/draws.h"

namespace atlas_simulator {

/// `text` as a JSON string, quotes included.
std::string json_string(std::string_view text);

/// Rendered values as a JSON array.
std::string json_array(const std::vector<std::string>& values);

/// A JSON object whose members keep the order in which they were added.
class JsonObject {
 public:
  /// `value` is JSON already.
  JsonObject& raw(std::string_view name, std::string value);
  JsonObject& text(std::string_view name, std::string_view value);
  JsonObject& number(std::string_view name, std::int64_t value);
  JsonObject& flag(std::string_view name, bool value);
  JsonObject& null(std::string_view name);

  /// Gives member `name` another value, or adds it.
  void replace(std::string_view name, std::string value);

  /// Puts the members into an order drawn from `draws`: in Atlas the order is undefined.
  void shuffle(Draws draws);

  std::string render() const;

 private:
  std::vector<std::pair<std::string, std::string>> members_;
};

}  // namespace atlas_simulator
