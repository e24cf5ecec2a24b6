#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "http/sample_site.h"

namespace restorewatch::testing_site {

/// What site_server can show: "healthy", "trouble", "large" (10,000 clusters) and "hostile" (names
/// that want to be markup). Null: none of these. It is noon in all of them.
std::unique_ptr<SampleSite> scene(std::string_view name);

inline constexpr std::array<std::string_view, 4> kScenes{"healthy", "trouble", "large", "hostile"};

}  // namespace restorewatch::testing_site
