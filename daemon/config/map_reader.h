#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/durations.h"
#include "config/problem.h"
#include "config/yaml_document.h"

namespace restorewatch {

class MapReader;

struct DurationRange {
  std::chrono::milliseconds least;
  std::chrono::milliseconds most;
};

struct NumberRange {
  std::int64_t least;
  std::int64_t most;
};

/// A value in the file, with the dotted path that leads to it. Each conversion is absent where the
/// value is of another type or out of range, and has then reported it. A light handle: node and
/// findings must outlive it.
class Value {
 public:
  Value(const YamlNode& node, std::string path, Findings& findings);

  /// Not empty, no control characters, at most 1024 bytes. 12 and true are texts, too.
  std::optional<std::string> text() const;
  std::optional<bool> boolean() const;
  std::optional<std::int64_t> number(NumberRange range) const;
  /// A part of a whole: 0.01 to 1.
  std::optional<double> share() const;
  std::optional<std::chrono::milliseconds> duration(DurationRange range) const;
  /// The items of a list; reports an empty one, which few lists may be.
  std::vector<Value> list() const;
  std::vector<Value> list_or_none() const;
  /// Calls `read` with the entries, then reports those that `read` did not ask for.
  /// `otherwise`: what to say of anything but a map.
  void map(const std::function<void(MapReader&)>& read,
           const std::string& otherwise = "must be a map of keys and values") const;
  /// A single word or text, unchecked; absent for anything else, without a report.
  std::optional<std::string> plain() const;

  /// `parse` takes the text and returns a Result, whose error's detail becomes the problem.
  template <typename Parse>
  auto parsed(Parse parse) const {
    using Parsed = std::remove_cvref_t<decltype(*parse(std::string()))>;
    const std::optional<std::string> given = text();
    if (!given) return std::optional<Parsed>();
    Result<Parsed> result = parse(*given);
    if (result) return std::optional<Parsed>(std::move(*result));
    problem(result.error().detail);
    return std::optional<Parsed>();
  }

  void problem(std::string message) const;
  void warning(std::string message) const;

  /// Where the value stands: a problem without a message.
  Problem place() const;

 private:
  bool is(YamlNode::Kind kind, const std::string& otherwise) const;

  const YamlNode* node_;
  std::string path_;
  Findings* findings_;
};

/// The entries of one map. Asking for a key makes it a known one.
class MapReader {
 public:
  MapReader(const YamlNode& node, std::string path, Findings& findings);

  bool has(std::string_view key) const;
  bool empty() const { return node_.children.empty(); }
  /// Absent when the key is not there, or is there without a value, which is a problem.
  std::optional<Value> find(std::string_view key);
  /// Null is as good as absent.
  std::optional<Value> find_nullable(std::string_view key);
  /// That the key is not there is a problem, too; `why` says what is needed.
  std::optional<Value> require(std::string_view key, std::string_view why);

  /// Each leaves `out` alone when the key is absent or its value wrong.
  void read(std::string_view key, bool& out);
  void read(std::string_view key, std::chrono::milliseconds& out, DurationRange range);
  void read_share(std::string_view key, double& out);
  void section(std::string_view key, const std::function<void(MapReader&)>& read);
  /// For maps whose keys are the operator's own words: calls `read` with each that has a value.
  void each(const std::function<void(const std::string& key, const Value&)>& read);
  template <typename Number>
  void read(std::string_view key, Number& out, NumberRange range) {
    const std::optional<Value> value = find(key);
    if (!value) return;
    if (const auto number = value->number(range)) out = static_cast<Number>(*number);
  }

  /// Every entry must have been asked for, and once.
  void report_unasked() const;

  /// At the map itself, for what is wrong with its entries together.
  void problem(std::string message) const;
  void warning(std::string message) const;

 private:
  void report_unknown(const YamlNode& entry) const;
  const YamlNode* look_up(std::string_view key);
  std::string path_to(std::string_view key) const;

  const YamlNode& node_;
  std::string path_;
  Findings& findings_;
  std::vector<std::string_view> asked_;
  bool any_key_ = false;  // none is unknown
};

}  // namespace restorewatch
