#include "simulator/json_text.h"

#include <algorithm>

namespace atlas_simulator {
namespace {

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (static_cast<unsigned char>(c) < 0x20) {
    out += "\\u00";
    out += kHex[static_cast<unsigned char>(c) >> 4U];
    out += kHex[static_cast<unsigned char>(c) & 0x0fU];
  } else {
    out += c;
  }
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) append_escaped(out, c);
  out += '"';
  return out;
}

std::string json_array(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const auto& value : values) {
    if (out.size() > 1) out += ',';
    out += value;
  }
  out += ']';
  return out;
}

JsonObject& JsonObject::raw(std::string_view name, std::string value) {
  members_.emplace_back(name, std::move(value));
  return *this;
}

JsonObject& JsonObject::text(std::string_view name, std::string_view value) {
  return raw(name, json_string(value));
}

JsonObject& JsonObject::number(std::string_view name, std::int64_t value) {
  return raw(name, std::to_string(value));
}

JsonObject& JsonObject::flag(std::string_view name, bool value) {
  return raw(name, value ? "true" : "false");
}

JsonObject& JsonObject::null(std::string_view name) {
  return raw(name, "null");
}

void JsonObject::replace(std::string_view name, std::string value) {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [&](const auto& member) { return member.first == name; });
  if (found == members_.end()) {
    raw(name, std::move(value));
  } else {
    found->second = std::move(value);
  }
}

void JsonObject::shuffle(Draws draws) {
  for (std::size_t left = members_.size(); left > 1; --left) {
    std::swap(members_[left - 1], members_[draws.below(left)]);
  }
}

std::string JsonObject::render() const {
  std::string out = "{";
  for (const auto& [name, value] : members_) {
    if (out.size() > 1) out += ',';
    out += json_string(name) + ':' + value;
  }
  out += '}';
  return out;
}

}  // namespace atlas_simulator
