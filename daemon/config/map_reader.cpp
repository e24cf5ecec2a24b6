#include "config/map_reader.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <system_error>
#include <utility>

#include "config/nearest.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxText = 1024;
constexpr std::size_t kMaxShownKey = 64;
constexpr double kLeastShare = 0.01;

/// A key comes from the file: one line, ASCII, not too long.
std::string shown(std::string_view key) {
  std::string text(key.substr(0, kMaxShownKey));
  const auto unfit = [](char c) { return c < ' ' || c > '~'; };
  std::ranges::replace_if(text, unfit, '?');
  return text;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

/// As people write them: no sign but a minus, no leading zero, no 0x, 1_000 or 1e3.
std::optional<std::int64_t> parse_number(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.starts_with('0') && digits.size() > 1) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Digits, perhaps a point and more digits: no sign, no exponent, nothing left out.
std::optional<double> parse_decimal(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return std::nullopt;
  double number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

}  // namespace

Value::Value(const YamlNode& node, std::string path, Findings& findings)
    : node_(&node), path_(std::move(path)), findings_(&findings) {}

void Value::problem(std::string message) const {
  findings_->problem(node_->place, path_, std::move(message));
}

void Value::warning(std::string message) const {
  findings_->warning(node_->place, path_, std::move(message));
}

Problem Value::place() const {
  return {node_->place.line, node_->place.column, path_, ""};
}

bool Value::is(YamlNode::Kind kind, const std::string& otherwise) const {
  if (node_->kind == kind) return true;
  if (node_->kind != YamlNode::Kind::Refused) problem(otherwise);
  return false;
}

std::optional<std::string> Value::text() const {
  if (!is(YamlNode::Kind::Scalar, "must be a text")) return std::nullopt;
  const std::string& text = node_->text;
  if (text.empty()) {
    problem("must not be empty");
  } else if (text.size() > kMaxText) {
    problem("must not be longer than 1024 bytes");
  } else if (std::ranges::any_of(text, is_control)) {
    problem("must not hold control characters");
  } else {
    return text;
  }
  return std::nullopt;
}

std::optional<bool> Value::boolean() const {
  constexpr const char* kExpected = "must be true or false";
  if (!is(YamlNode::Kind::Scalar, kExpected)) return std::nullopt;
  if (!node_->quoted && node_->text == "true") return true;
  if (!node_->quoted && node_->text == "false") return false;
  problem(kExpected);
  return std::nullopt;
}

std::optional<std::int64_t> Value::number(NumberRange range) const {
  const std::string expected = "must be a whole number from " + std::to_string(range.least) +
                               " to " + std::to_string(range.most);
  if (!is(YamlNode::Kind::Scalar, expected)) return std::nullopt;
  const std::optional<std::int64_t> number =
      node_->quoted ? std::nullopt : parse_number(node_->text);
  if (number && *number >= range.least && *number <= range.most) return number;
  problem(expected);
  return std::nullopt;
}

std::optional<double> Value::share() const {
  const std::string expected = "must be a number from 0.01 to 1, such as 0.5";
  if (!is(YamlNode::Kind::Scalar, expected)) return std::nullopt;
  const std::optional<double> share = node_->quoted ? std::nullopt : parse_decimal(node_->text);
  if (share && *share >= kLeastShare && *share <= 1) return share;
  problem(expected);
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> Value::duration(DurationRange range) const {
  const std::string expected = "must be a duration from " + format_duration(range.least) + " to " +
                               format_duration(range.most) + ", such as 30s, 15m or 1h30m";
  if (!is(YamlNode::Kind::Scalar, expected)) return std::nullopt;
  const std::optional<std::chrono::milliseconds> duration = parse_duration(node_->text);
  if (duration && *duration >= range.least && *duration <= range.most) return duration;
  problem(expected);
  return std::nullopt;
}

std::vector<Value> Value::list() const {
  if (node_->kind == YamlNode::Kind::List && node_->children.empty()) {
    problem("must not be an empty list");
  }
  return list_or_none();
}

std::vector<Value> Value::list_or_none() const {
  std::vector<Value> items;
  if (!is(YamlNode::Kind::List, "must be a list")) return items;
  for (const YamlNode& child : node_->children) {
    Value item(child, path_ + "[" + std::to_string(&child - node_->children.data()) + "]",
               *findings_);
    if (child.kind == YamlNode::Kind::Null) {
      item.problem("has no value");
    } else {
      items.push_back(std::move(item));
    }
  }
  return items;
}

void Value::map(const std::function<void(MapReader&)>& read, const std::string& otherwise) const {
  if (!is(YamlNode::Kind::Map, otherwise)) return;
  MapReader reader(*node_, path_, *findings_);
  read(reader);
  reader.report_unasked();
}

std::optional<std::string> Value::plain() const {
  if (node_->kind != YamlNode::Kind::Scalar) return std::nullopt;
  return node_->text;
}

MapReader::MapReader(const YamlNode& node, std::string path, Findings& findings)
    : node_(node), path_(std::move(path)), findings_(findings) {}

std::string MapReader::path_to(std::string_view key) const {
  return path_.empty() ? shown(key) : path_ + "." + shown(key);
}

const YamlNode* MapReader::look_up(std::string_view key) {
  asked_.push_back(key);
  const auto entry = std::ranges::find(node_.children, key, &YamlNode::key);
  return entry == node_.children.end() ? nullptr : &*entry;
}

bool MapReader::has(std::string_view key) const {
  return std::ranges::find(node_.children, key, &YamlNode::key) != node_.children.end();
}

std::optional<Value> MapReader::find(std::string_view key) {
  const YamlNode* node = look_up(key);
  if (node == nullptr) return std::nullopt;
  Value value(*node, path_to(key), findings_);
  if (node->kind != YamlNode::Kind::Null) return value;
  value.problem("has no value");
  return std::nullopt;
}

std::optional<Value> MapReader::find_nullable(std::string_view key) {
  const YamlNode* node = look_up(key);
  if (node == nullptr || node->kind == YamlNode::Kind::Null) return std::nullopt;
  return Value(*node, path_to(key), findings_);
}

std::optional<Value> MapReader::require(std::string_view key, std::string_view why) {
  if (!has(key)) {
    findings_.problem(node_.place, path_to(key), "is missing: " + std::string(why));
  }
  return find(key);
}

void MapReader::read_share(std::string_view key, double& out) {
  const std::optional<Value> value = find(key);
  if (!value) return;
  if (const auto share = value->share()) out = *share;
}

void MapReader::read(std::string_view key, bool& out) {
  const std::optional<Value> value = find(key);
  if (!value) return;
  if (const auto flag = value->boolean()) out = *flag;
}

void MapReader::read(std::string_view key, std::chrono::milliseconds& out, DurationRange range) {
  const std::optional<Value> value = find(key);
  if (!value) return;
  if (const auto duration = value->duration(range)) out = *duration;
}

void MapReader::section(std::string_view key, const std::function<void(MapReader&)>& read) {
  if (const std::optional<Value> value = find(key)) value->map(read);
}

void MapReader::each(const std::function<void(const std::string& key, const Value&)>& read) {
  any_key_ = true;
  for (const YamlNode& entry : node_.children) {
    const Value value(entry, path_to(entry.key), findings_);
    if (entry.kind == YamlNode::Kind::Null) {
      value.problem("has no value");
    } else {
      read(entry.key, value);
    }
  }
}

void MapReader::report_unasked() const {
  std::map<std::string_view, const YamlNode*> first_of;
  for (const YamlNode& entry : node_.children) {
    const auto [first, is_new] = first_of.emplace(entry.key, &entry);
    if (!any_key_ && std::ranges::find(asked_, entry.key) == asked_.end()) {
      report_unknown(entry);
    } else if (!is_new) {
      findings_.problem(
          entry.key_place, path_to(entry.key),
          "given twice, first on line " + std::to_string(first->second->key_place.line));
    }
  }
}

void MapReader::report_unknown(const YamlNode& entry) const {
  const std::optional<std::string_view> meant = nearest(entry.key, asked_);
  findings_.problem(entry.key_place, path_to(entry.key),
                    meant ? "unknown key; did you mean " + std::string(*meant) + "?"
                          : "unknown key; known here: " + joined(asked_));
}

void MapReader::problem(std::string message) const {
  findings_.problem(node_.place, path_, std::move(message));
}

void MapReader::warning(std::string message) const {
  findings_.warning(node_.place, path_, std::move(message));
}

}  // namespace restorewatch
