#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "http/findings.h"

namespace restorewatch {

// Pieces of HTML. Whatever comes from outside goes through html(); everything else here is HTML
// already.

/// `text` as it stands between tags or in a quoted attribute. Bytes that are not UTF-8, and
/// characters that would change the order of what is around them, become U+FFFD.
std::string html(std::string_view text);

/// How long ago, and when: both are shown.
std::string time_html(WallTime time, WallTime now);

/// Only how long ago, where the moment itself matters little.
std::string ago_html(WallTime time, WallTime now);

/// A word with a sign before it and a colour, so that it is not told by the colour alone.
std::string badge_html(Severity severity, std::string_view text);

/// The words of labels, for people: "in_progress" is "in progress".
std::string words(std::string_view label);

/// `href` as it is, without what HTML would need.
std::string link_html(std::string_view href, std::string_view text);

/// "10,000".
std::string count_text(std::size_t count);

/// "s" unless there is one.
std::string_view plural(std::size_t count);

}  // namespace restorewatch
