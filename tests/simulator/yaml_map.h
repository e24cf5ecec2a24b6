#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "simulator/scenario.h"

namespace YAML {  // NOLINT(readability-identifier-naming): yaml-cpp's name
class Node;
}

namespace atlas_simulator {

/// A YAML mapping whose keys are taken one by one; finish() refuses what nobody took.
/// Every method may throw ScenarioError. `node` must outlive the map.
class YamlMap {
 public:
  /// `what` names the mapping in messages: "a job".
  YamlMap(const YAML::Node& node, std::string what);

  /// Absent where the key is; throws if the value is of another kind.
  std::optional<std::string> text(const std::string& key);
  std::optional<std::int64_t> whole(const std::string& key, std::int64_t least, std::int64_t most);
  std::optional<double> real(const std::string& key);
  std::optional<bool> flag(const std::string& key);
  std::optional<Millis> duration(const std::string& key);
  std::optional<Span> span(const std::string& key);              // `2s` or `2s..4s`
  std::optional<Moment> moment(const std::string& key);          // `-3d` or `2026-01-31T00:00:00Z`
  std::optional<std::string> object_id(const std::string& key);  // 24 hexadecimal digits

  /// One of a table's words: pairs of a word and what it stands for.
  template <typename Table>
  auto choice(const std::string& key, const Table& table)
      -> std::optional<decltype(table.begin()->second)> {
    const auto word = text(key);
    if (!word) return std::nullopt;
    for (const auto& [name, value] : table) {
      if (name == *word) return value;
    }
    fail(key, "'" + *word + "' is not one of its words");
  }

  /// As above, but the key must be there.
  std::string needed(const std::string& key);

  /// Calls `each` for every element of the list at `key`, if there is one.
  void each(const std::string& key, const std::function<void(const YAML::Node&)>& each);

  /// Calls `with` with the mapping at `key`, if there is one.
  void inside(const std::string& key, const std::function<void(YamlMap&)>& with);

  /// As `inside`, but what is at `key` may also be a list of mappings.
  void one_or_each(const std::string& key, const std::function<void(YamlMap&)>& with);

  /// Calls `with` with every key of the mapping at `key`, and its plain value.
  void pairs(const std::string& key,
             const std::function<void(const std::string&, const YAML::Node&)>& with);

  bool has(const std::string& key) const;

  /// "line:column" of the mapping, counted from 1.
  std::string place() const;

  /// Refuses keys that were never asked for.
  void finish() const;

  /// Throws a ScenarioError that points at the value of `key`, or at the mapping without it.
  [[noreturn]] void fail(const std::string& key, const std::string& message) const;

 private:
  const YAML::Node& node_;
  std::string what_;
  std::set<std::string> asked_;
};

/// "line:column" of `node`, counted from 1.
std::string place_of(const YAML::Node& node);

/// Throws a ScenarioError that points at `node`.
[[noreturn]] void fail_at(const YAML::Node& node, const std::string& message);

}  // namespace atlas_simulator
