#include "net/answer.h"

#include <algorithm>

namespace restorewatch {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

constexpr std::size_t kMaxRoom = 1U << 20U;

}  // namespace

Answer::Answer(std::size_t max_body_bytes, std::size_t expected_bytes)
    : max_body_bytes_(max_body_bytes) {
  const std::size_t a_little_more = expected_bytes + expected_bytes / 8;
  body_.reserve(std::min({a_little_more, max_body_bytes, kMaxRoom}));
}

bool Answer::add_header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaderBytes) {
    refusal_ = "headers larger than " + std::to_string(kMaxHeaderBytes) + " bytes";
    return false;
  }
  if (line.starts_with("HTTP/")) {
    headers_.clear();
    body_.clear();
    return true;
  }
  const auto colon = line.find(':');
  if (colon != std::string_view::npos) {
    headers_.insert_or_assign(lower(trim(line.substr(0, colon))),
                              std::string(trim(line.substr(colon + 1))));
  }
  return true;
}

bool Answer::add_body(std::string_view piece) {
  if (piece.size() > max_body_bytes_ - body_.size()) {
    refusal_ = "body larger than " + std::to_string(max_body_bytes_) + " bytes";
    return false;
  }
  body_ += piece;
  return true;
}

}  // namespace restorewatch
