#pragma once

#include <string>
#include <string_view>

#include "simulator/draws.h"
#include "simulator/virtual_clock.h"

namespace atlas_simulator {

/// Whether `text` is 24 lower-case hexadecimal digits, as all of Atlas's ids are.
bool is_object_id(std::string_view text);

/// A new id. Its first 8 digits are `created` in seconds, as in Atlas's own.
std::string object_id(VirtualTime created, Draws& draws);

}  // namespace atlas_simulator
