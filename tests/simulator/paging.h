#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/job_paths.h"

namespace atlas_simulator {

/// In what a list differs from the usual one.
struct ListTraits {
  bool paged = true;    // takes pageNum and itemsPerPage; else it is always whole
  bool counted = true;  // takes includeCount
  bool linked = true;   // has links
  std::string_view host = kLinkHost;
  bool foreign_links = false;  // the next link leads to another host, where no client should follow
};

using Query = std::multimap<std::string, std::string>;

/// The query of a request. Source: Atlas Admin API v2, common query parameters.
struct Paging {
  std::int64_t page = 1;        // pageNum
  std::int64_t per_page = 100;  // itemsPerPage
  bool count = true;            // includeCount

  std::int64_t first() const { return (page - 1) * per_page; }
};

/// Absent if a parameter has a value that Atlas refuses. Parameters that the list does not take
/// are passed over.
std::optional<Paging> read_paging(const Query& query, const ListTraits& traits);

/// A parameter that is true or false; absent if it is neither.
std::optional<bool> read_flag(const Query& query, const std::string& name, bool otherwise);

/// The body of a list answer: one page of `total` rows. `rows` are rendered, with commas between.
/// Links lead to `path`.
std::string page_body(const Paging& paging, const ListTraits& traits, std::int64_t total,
                      std::string rows, const std::string& path);

}  // namespace atlas_simulator
