#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace atlas_simulator {

/// The query of a list request. Source: Atlas Admin API v2, common query parameters.
struct Paging {
  std::int64_t page = 1;        // pageNum
  std::int64_t per_page = 100;  // itemsPerPage
  bool count = true;            // includeCount
  bool envelope = false;

  std::int64_t first() const { return (page - 1) * per_page; }
};

/// Absent if a parameter has a value that Atlas refuses.
std::optional<Paging> read_paging(const std::multimap<std::string, std::string>& query);

/// The body of a list answer: one page of `total` rows, `rows` rendered already. Links lead to
/// `path`; `foreign_links` sends the next one to another host, where no client should follow.
std::string page_body(const Paging& paging, std::int64_t total,
                      const std::vector<std::string>& rows, const std::string& path,
                      bool foreign_links);

}  // namespace atlas_simulator
