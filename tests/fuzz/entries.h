#pragma once

#include <span>
#include <string_view>

namespace restorewatch::fuzz {

/// Reads one kind of answer and holds what comes of it to what must always be true: nothing that
/// could harm a log line or a page comes out, bounds are kept, and reading again gives the same.
/// Ends the process, with a word on what was wrong, otherwise.
struct Entry {
  std::string_view name;  // of the fuzz target: "flag_jobs"
  void (*run)(std::string_view body);
};

std::span<const Entry> all_entries();

/// Null for a name that there is not.
const Entry* find_entry(std::string_view name);

}  // namespace restorewatch::fuzz
