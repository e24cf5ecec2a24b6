#include "web/request_head.h"

#include <algorithm>
#include <optional>

namespace restorewatch {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";  // RFC 9110, 5.6.2
constexpr std::string_view kHostMarks = "-._~:[]";
constexpr std::size_t kLongestMethod = 16;
constexpr std::size_t kLongestLength = 18;  // digits of a Content-Length that fits anywhere

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || kTokenMarks.find(c) != std::string_view::npos;
  });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// What stands before `separator`; takes both from the text. None: it does not occur.
std::optional<std::string_view> cut(std::string_view& text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, at);
  text.remove_prefix(at + separator.size());
  return before;
}

/// Only the origin form: for the others we are no proxy. Source: RFC 9112, 3.2.
bool is_target(std::string_view text) {
  return text.starts_with('/') &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '#'; });
}

bool looks_like_a_version(std::string_view text) {
  return text.size() == 8 && text.starts_with("HTTP/") && text[6] == '.';
}

HeadVerdict parse_request_line(std::string_view line, WebRequest& request, bool& is_1_0) {
  const auto method = cut(line, " ");
  if (!method || !is_token(*method) || method->size() > kLongestMethod) {
    return HeadVerdict::Malformed;
  }
  const auto target = cut(line, " ");
  if (!target || !looks_like_a_version(line)) return HeadVerdict::Malformed;
  is_1_0 = line == "HTTP/1.0";
  if (!is_1_0 && line != "HTTP/1.1") return HeadVerdict::OtherVersion;
  if (!is_target(*target)) return HeadVerdict::Malformed;
  const std::size_t sign = target->find('?');
  request.method = *method;
  request.path = target->substr(0, sign);
  request.query = sign == std::string_view::npos ? "" : target->substr(sign + 1);
  return HeadVerdict::Complete;
}

/// A name with a space at its end, or of a folded line at its beginning, is no token.
bool parse_field(std::string_view line, WebHeaders& headers) {
  const auto name = cut(line, ":");
  if (!name || !is_token(*name)) return false;
  headers.emplace_back(lower(*name), trimmed(line));
  return true;
}

bool is_host(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || kHostMarks.find(c) != std::string_view::npos;
  });
}

/// The one value under this name; empty if there is none. False: there are several.
bool only_one(const WebHeaders& headers, std::string_view name, std::optional<std::string>& value) {
  for (const auto& [other, text] : headers) {
    if (other != name) continue;
    if (value) return false;
    value = text;
  }
  return true;
}

bool read_host(bool is_1_0, RequestHead& head) {
  std::optional<std::string> host;
  if (!only_one(head.request.headers, "host", host)) return false;
  if (!host) return is_1_0;
  head.host = *host;
  return is_host(head.host);
}

/// No client of ours needs a coding, and each is one more way to disagree on where a body ends.
bool read_length(WebRequest& request) {
  std::optional<std::string> length;
  if (request.has("transfer-encoding")) return false;
  if (!only_one(request.headers, "content-length", length)) return false;
  if (!length) return true;
  if (length->empty() || length->size() > kLongestLength) return false;
  request.has_body = length->find_first_not_of('0') != std::string::npos;
  return length->find_first_not_of("0123456789") == std::string::npos;
}

bool lists(std::string_view list, std::string_view wanted) {
  while (const auto item = cut(list, ",")) {
    if (lower(trimmed(*item)) == wanted) return true;
  }
  return false;
}

}  // namespace

HeadVerdict parse_head(std::string_view text, RequestHead& head) {
  bool is_1_0 = false;
  const auto first = cut(text, kLineEnd);
  if (!first) return HeadVerdict::Incomplete;
  const HeadVerdict verdict = parse_request_line(*first, head.request, is_1_0);
  if (verdict != HeadVerdict::Complete) return verdict;
  while (true) {
    const auto line = cut(text, kLineEnd);
    if (!line) return HeadVerdict::Incomplete;
    if (line->empty()) break;
    if (!parse_field(*line, head.request.headers)) return HeadVerdict::Malformed;
  }
  if (!read_host(is_1_0, head) || !read_length(head.request)) return HeadVerdict::Malformed;
  const std::string connection = head.request.list_of("connection");  // ends in a comma
  head.wants_to_stay = !lists(connection, "close") && (!is_1_0 || lists(connection, "keep-alive"));
  return HeadVerdict::Complete;
}

}  // namespace restorewatch
