#include "base/bcrypt_hash.h"

#include <algorithm>
#include <cstddef>

namespace restorewatch {
namespace {

constexpr std::size_t kLength = 60;
constexpr std::size_t kHead = 7;  // "$2y$10$"
constexpr int kLeastCost = 4;
constexpr int kMostCost = 31;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// bcrypt's own base64.
bool is_hash_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '/';
}

}  // namespace

std::optional<int> bcrypt_cost(std::string_view hash) {
  if (hash.size() != kLength || hash[6] != '$') return std::nullopt;
  const std::string_view kind = hash.substr(0, 4);
  if (kind != "$2a$" && kind != "$2b$" && kind != "$2y$") return std::nullopt;
  if (!is_digit(hash[4]) || !is_digit(hash[5])) return std::nullopt;
  if (!std::ranges::all_of(hash.substr(kHead), is_hash_character)) return std::nullopt;
  const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
  if (cost < kLeastCost || cost > kMostCost) return std::nullopt;
  return cost;
}

}  // namespace restorewatch
