#include "atlas/error_body.h"

#include <simdjson.h>

#include <cmath>

namespace restorewatch {
namespace {

/// An error body is a few hundred bytes; a long one is something else.
constexpr std::size_t kMaxErrorBody = 64U << 10U;
constexpr std::size_t kMaxParameters = 8;
constexpr double kMostWhole = 1e15;  // doubles of more have no fractions

using simdjson::dom::element;

std::string text_or_number(element from) {
  std::string_view text;
  if (from.get(text) == simdjson::SUCCESS) return std::string(text);
  std::int64_t number = 0;
  if (from.get(number) == simdjson::SUCCESS) return std::to_string(number);
  double fraction = 0;
  const bool is_number = from.get(fraction) == simdjson::SUCCESS && std::abs(fraction) < kMostWhole;
  return is_number ? std::to_string(static_cast<std::int64_t>(std::ceil(fraction))) : "";
}

std::string text_of(element from, std::string_view key) {
  std::string_view text;
  return from[key].get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

std::string first_of(std::string one, std::string other) {
  return one.empty() ? std::move(other) : std::move(one);
}

}  // namespace

ErrorBody read_error_body(std::string_view body) {
  ErrorBody result;
  simdjson::dom::parser parser;
  element root;
  if (body.size() > kMaxErrorBody) return result;
  if (parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS) return result;
  element content;
  if (root["content"].get(content) == simdjson::SUCCESS) root = content;
  result.code = first_of(text_of(root, "errorCode"), text_of(root, "error"));
  result.reason = text_of(root, "reason");
  result.detail = first_of(text_of(root, "detail"), text_of(root, "error_description"));
  simdjson::dom::array parameters;
  if (root["parameters"].get(parameters) != simdjson::SUCCESS) return result;
  for (const element parameter : parameters) {
    if (result.parameters.size() < kMaxParameters) {
      result.parameters.push_back(text_or_number(parameter));
    }
  }
  return result;
}

}  // namespace restorewatch
