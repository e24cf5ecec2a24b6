#include "http/query_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/utf8.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxBytes = 256;
constexpr std::size_t kMaxCursorBytes = 1024;  // holds the name of a cluster
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

/// Source: the form encoding of browsers, where a "+" is a blank.
std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto high = hex_digit(text[i + 1]);
    const auto low = hex_digit(text[i + 2]);
    if (!high || !low) return std::nullopt;
    plain += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return plain;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

Error bad(std::string_view name, std::string_view why) {
  return {ErrorKind::BadConfig, std::string(name) + ": " + std::string(why)};
}

/// One "name=value".
Status take(std::string_view pair, std::span<const std::string_view> allowed,
            Parameters& parameters) {
  const std::size_t sign = std::min(pair.find('='), pair.size());
  const auto name = decoded(pair.substr(0, sign));
  const auto known = std::ranges::find(allowed, name.value_or(""));
  if (known == allowed.end()) {
    const bool is_sayable = name && !name->empty() && name->size() <= kMaxBytes && is_utf8(*name);
    return bad(is_sayable ? *name : "a parameter", "is not known here");
  }
  const auto value = decoded(pair.substr(std::min(sign + 1, pair.size())));
  if (!value) return bad(*known, "has a % that no two hexadecimal digits follow");
  const std::size_t most = *known == "cursor" ? kMaxCursorBytes : kMaxBytes;
  if (value->size() > most) return bad(*known, fmt::format("is longer than {} bytes", most));
  if (!is_utf8(*value)) return bad(*known, "is not UTF-8");
  if (parameters.contains(*known)) return bad(*known, "is given twice");
  parameters.emplace(*known, *value);
  return Success{};
}

void append_encoded(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') ||
                          std::string_view("-._~*").find(c) != std::string_view::npos;
    if (is_plain) {
      out += c;
    } else {
      out += {'%', kHexDigits[byte >> 4U], kHexDigits[byte & 0xFU]};
    }
  }
}

}  // namespace

Result<Parameters> parse_query(std::string_view query, std::span<const std::string_view> allowed) {
  Parameters parameters;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    if (const Status taken = take(pair, allowed, parameters); !taken) return taken.error();
  }
  std::erase_if(parameters, [](const auto& parameter) { return parameter.second.empty(); });
  return parameters;
}

std::string query_text(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    if (!text.empty()) text += '&';
    append_encoded(text, name);
    text += '=';
    append_encoded(text, value);
  }
  return text;
}

const std::string* find(const Parameters& parameters, std::string_view name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? nullptr : &found->second;
}

Result<std::uint64_t> number_of(const Parameters& parameters, std::string_view name,
                                std::uint64_t smallest, std::uint64_t largest,
                                std::uint64_t otherwise) {
  const std::string* const text = find(parameters, name);
  if (text == nullptr) return otherwise;
  std::uint64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [behind, problem] = std::from_chars(text->data(), end, number);
  if (problem == std::errc{} && behind == end && number >= smallest && number <= largest) {
    return number;
  }
  return bad(name, "must be a whole number from " + std::to_string(smallest) + " to " +
                       std::to_string(largest));
}

}  // namespace restorewatch
