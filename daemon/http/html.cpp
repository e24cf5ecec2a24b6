#include "http/html.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "http/time_text.h"

namespace restorewatch {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

struct Look {
  std::string_view name;  // of the class
  std::string_view sign;
};

Look look_of(Severity severity) {
  switch (severity) {
    case Severity::Wrong:
      return {"wrong", "✕"};
    case Severity::Warning:
      return {"warn", "!"};
    case Severity::Note:
      return {"note", "•"};
    case Severity::Fine:
      break;
  }
  return {"fine", "✓"};
}

}  // namespace

std::string html(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view sequence = text.substr(0, std::max<std::size_t>(length, 1));
    const std::string_view entity = entity_of(text.front());
    const bool is_bad = length == 0 || is_control(text.front()) || is_hidden_control(sequence);
    safe += is_bad ? kReplacement : entity.empty() ? sequence : entity;
    text.remove_prefix(sequence.size());
  }
  return safe;
}

std::string time_html(WallTime time, WallTime now) {
  return fmt::format(R"(<time datetime="{}">{} <small>{}&nbsp;UTC</small></time>)",
                     format_time(time), relative_text(time, now), minute_text(time));
}

std::string ago_html(WallTime time, WallTime now) {
  return fmt::format(R"(<time datetime="{}">{}</time>)", format_time(time),
                     relative_text(time, now));
}

std::string badge_html(Severity severity, std::string_view text) {
  const Look look = look_of(severity);
  return fmt::format(R"(<span class="badge {}"><i aria-hidden="true">{}</i> {}</span>)", look.name,
                     look.sign, html(text));
}

std::string words(std::string_view label) {
  std::string text(label);
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string link_html(std::string_view href, std::string_view text) {
  return fmt::format(R"(<a href="{}">{}</a>)", html(href), html(text));
}

std::string count_text(std::size_t count) {
  const std::string digits = std::to_string(count);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string_view plural(std::size_t count) {
  return count == 1 ? "" : "s";
}

}  // namespace restorewatch
