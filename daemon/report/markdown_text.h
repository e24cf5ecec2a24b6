#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace restorewatch {

/// `text` so that Markdown shows it as it is, on one line and within a cell of a table.
std::string markdown_escaped(std::string_view text);

/// A block of code of one line, in which nothing acts.
std::string markdown_code(std::string text);

/// A row of a pipe table. The cells stand as they are.
std::string markdown_row(std::initializer_list<std::string_view> cells);
/// With the line below that makes it the head of one.
std::string markdown_head(std::initializer_list<std::string_view> cells);

}  // namespace restorewatch
