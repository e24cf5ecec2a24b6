#pragma once

#include <optional>
#include <string_view>

namespace restorewatch {

/// The dearest hash that is taken: each step doubles the work, and this one is a second or so.
inline constexpr int kMaxBcryptCost = 14;

/// The cost of a bcrypt hash as `htpasswd -B` and others write it: $2a$, $2b$ or $2y$, two digits,
/// "$", then 53 characters of salt and digest. Absent for anything else: other kinds of hash,
/// $2x$ (made by a library that had a mistake), costs that bcrypt does not have (below 4, over 31).
std::optional<int> bcrypt_cost(std::string_view hash);

}  // namespace restorewatch
