#pragma once

#include <string>

namespace restorewatch {

/// Whether `hash` (which bcrypt_cost() takes) was made of `password`. As slow as the hash says,
/// whatever the answer. Only the first 72 bytes of a password count, as everywhere in bcrypt; one
/// with a NUL in it is wrong. Thread-safe.
bool bcrypt_matches(const std::string& hash, const std::string& password);

}  // namespace restorewatch
