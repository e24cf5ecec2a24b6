#pragma once

#include <string>
#include <string_view>

namespace restorewatch {

/// What stands in the status page's <style>.
std::string_view status_style();

/// Its Content-Security-Policy: nothing but this very style, no script, no other address.
const std::string& status_policy();

}  // namespace restorewatch
