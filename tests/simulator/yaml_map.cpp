#include "simulator/yaml_map.h"

#include <charconv>
#include <utility>

#include <yaml-cpp/yaml.h>

#include "simulator/object_id.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

template <typename Number>
std::optional<Number> parse_number(const std::string& text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

}  // namespace

std::string place_of(const YAML::Node& node) {
  const YAML::Mark mark = node.Mark();
  return std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1);
}

void fail_at(const YAML::Node& node, const std::string& message) {
  throw ScenarioError(place_of(node) + ": " + message);
}

YamlMap::YamlMap(const YAML::Node& node, std::string what) : node_(node), what_(std::move(what)) {
  if (!node_.IsMap()) fail_at(node_, what_ + " must be a mapping");
  std::set<std::string> seen;  // yaml-cpp itself accepts repeated keys
  for (const auto& member : node_) {
    if (!seen.insert(member.first.Scalar()).second) {
      fail_at(member.first, what_ + " has '" + member.first.Scalar() + "' twice");
    }
  }
}

std::optional<std::string> YamlMap::text(const std::string& key) {
  asked_.insert(key);
  const YAML::Node value = node_[key];
  if (!value) return std::nullopt;
  if (!value.IsScalar()) fail(key, "must be a plain value");
  return value.Scalar();
}

std::optional<std::int64_t> YamlMap::whole(const std::string& key, std::int64_t least,
                                           std::int64_t most) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  const auto number = parse_number<std::int64_t>(*word);
  if (!number || *number < least || *number > most) {
    fail(key,
         "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

std::optional<double> YamlMap::real(const std::string& key) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  const auto number = parse_number<double>(*word);
  if (!number || !(*number >= 0 && *number <= 1e6)) fail(key, "must be a number from 0 to 1e6");
  return number;
}

std::optional<bool> YamlMap::flag(const std::string& key) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  if (*word != "true" && *word != "false") fail(key, "must be true or false");
  return *word == "true";
}

std::optional<Millis> YamlMap::duration(const std::string& key) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  const auto length = parse_duration(*word);
  if (!length) fail(key, "must be a duration like 250ms, 2s, 4m, 1h or 30d");
  return length;
}

std::optional<Span> YamlMap::span(const std::string& key) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  const auto dots = word->find("..");
  const auto least = parse_duration(word->substr(0, dots));
  const auto most = dots == std::string::npos ? least : parse_duration(word->substr(dots + 2));
  if (!least || !most || *least < Millis(0) || *least > *most) {
    fail(key, "must be a duration like 2s or a range like 2s..4s");
  }
  return Span{*least, *most};
}

std::optional<Moment> YamlMap::moment(const std::string& key) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  if (const auto time = parse_iso(*word)) return *time;
  const auto offset = parse_duration(*word);
  if (!offset) fail(key, "must be an offset like -3d or a time like 2026-01-31T00:00:00Z");
  return *offset;
}

std::optional<std::string> YamlMap::object_id(const std::string& key) {
  auto id = text(key);
  if (id && !is_object_id(*id)) fail(key, "must be 24 lower-case hexadecimal digits");
  return id;
}

std::string YamlMap::needed(const std::string& key) {
  auto value = text(key);
  if (!value || value->empty()) fail(key, "is needed");
  return *std::move(value);
}

void YamlMap::each(const std::string& key, const std::function<void(const YAML::Node&)>& each) {
  asked_.insert(key);
  const YAML::Node list = node_[key];
  if (!list) return;
  if (!list.IsSequence()) fail(key, "must be a list");
  for (const auto& element : list) each(element);
}

void YamlMap::inside(const std::string& key, const std::function<void(YamlMap&)>& with) {
  asked_.insert(key);
  const YAML::Node value = node_[key];
  if (!value) return;
  YamlMap map(value, "'" + key + "'");
  with(map);
  map.finish();
}

void YamlMap::one_or_each(const std::string& key, const std::function<void(YamlMap&)>& with) {
  const YAML::Node value = node_[key];
  if (!value || !value.IsSequence()) return inside(key, with);
  each(key, [&](const YAML::Node& element) {
    YamlMap map(element, "'" + key + "'");
    with(map);
    map.finish();
  });
}

void YamlMap::pairs(const std::string& key,
                    const std::function<void(const std::string&, const YAML::Node&)>& with) {
  asked_.insert(key);
  const YAML::Node value = node_[key];
  if (!value) return;
  const YamlMap checked(value, "'" + key + "'");
  for (const auto& member : value) {
    if (!member.second.IsScalar()) fail_at(member.second, "must be a plain value");
    with(member.first.Scalar(), member.second);
  }
}

bool YamlMap::has(const std::string& key) const {
  return static_cast<bool>(node_[key]);
}

std::string YamlMap::place() const {
  return place_of(node_);
}

void YamlMap::finish() const {
  for (const auto& member : node_) {
    const std::string key = member.first.Scalar();
    if (!asked_.contains(key)) fail_at(member.first, what_ + " has no key '" + key + "'");
  }
}

void YamlMap::fail(const std::string& key, const std::string& message) const {
  const YAML::Node value = node_[key];
  fail_at(value ? value : node_, "'" + key + "' of " + what_ + " " + message);
}

}  // namespace atlas_simulator
