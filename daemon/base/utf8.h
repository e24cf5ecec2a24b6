#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace restorewatch {

/// Length of the UTF-8 sequence at the front of `text`, which is not empty; 0 if it is none.
std::size_t utf8_length(std::string_view text);

/// `text` with U+FFFD in place of each byte that is not UTF-8, and of NUL.
std::string only_utf8(std::string_view text);

/// Characters that act on a terminal or turn the reading order around: C1 controls, line and
/// paragraph separators, bidirectional marks. `sequence` is one UTF-8 sequence.
bool is_hidden_control(std::string_view sequence);

}  // namespace restorewatch
