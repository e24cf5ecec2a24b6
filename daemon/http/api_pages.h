#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/query_text.h"
#include "http/site.h"

namespace restorewatch {

// What the lists of the API have in common.

inline constexpr std::uint64_t kDefaultLimit = 100;
inline constexpr std::uint64_t kMaxLimit = 1000;

/// Of the parameter `limit`. Errors: BadConfig.
Result<std::uint64_t> limit_of(const Parameters& parameters);

/// The snapshot; an error before the first one.
Result<std::shared_ptr<const Snapshot>> snapshot_of(const SiteSource& source);

Error bad_cursor();

/// {"items": [...], "next_cursor": "..."}; an empty cursor: null, as there is nothing more.
std::string page_json(const std::vector<std::string>& items, const std::string& next_cursor);

}  // namespace restorewatch
