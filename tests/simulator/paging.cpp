#include "simulator/paging.h"

#include <charconv>

#include "simulator/job_body.h"
#include "simulator/json_text.h"

namespace atlas_simulator {
namespace {

using Query = std::multimap<std::string, std::string>;

// Documented: 1 to 500 rows a page. The page number has no documented end; this one keeps products
// of the two far from overflow.
constexpr std::int64_t kMostRows = 500;
constexpr std::int64_t kMostPages = 1'000'000'000;

bool read_number(const Query& query, const std::string& name, std::int64_t most,
                 std::int64_t& value) {
  const auto found = query.find(name);
  if (found == query.end()) return true;
  const std::string& text = found->second;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && rest == end && value >= 1 && value <= most;
}

bool read_flag(const Query& query, const std::string& name, bool& value) {
  const auto found = query.find(name);
  if (found == query.end()) return true;
  value = found->second == "true";
  return value || found->second == "false";
}

std::string link(std::string_view rel, std::string_view host, const std::string& path,
                 const Paging& paging, std::int64_t page) {
  const std::string href =
      std::string(host) + path + "?includeCount=" + (paging.count ? "true" : "false") +
      "&itemsPerPage=" + std::to_string(paging.per_page) + "&pageNum=" + std::to_string(page);
  return JsonObject().text("href", href).text("rel", rel).render();
}

}  // namespace

std::optional<Paging> read_paging(const Query& query) {
  Paging paging;
  bool pretty = false;
  const bool right = read_number(query, "pageNum", kMostPages, paging.page) &&
                     read_number(query, "itemsPerPage", kMostRows, paging.per_page) &&
                     read_flag(query, "includeCount", paging.count) &&
                     read_flag(query, "envelope", paging.envelope) &&
                     read_flag(query, "pretty", pretty);
  return right ? std::optional(paging) : std::nullopt;
}

std::string page_body(const Paging& paging, std::int64_t total,
                      const std::vector<std::string>& rows, const std::string& path,
                      bool foreign_links) {
  const std::string_view onward = foreign_links ? "http://elsewhere.example" : kLinkHost;
  std::vector<std::string> links{link("self", kLinkHost, path, paging, paging.page)};
  if (paging.first() + paging.per_page < total) {
    links.push_back(link("next", onward, path, paging, paging.page + 1));
  }
  if (paging.page > 1) links.push_back(link("previous", kLinkHost, path, paging, paging.page - 1));
  JsonObject body;
  body.raw("links", json_array(links)).raw("results", json_array(rows));
  if (paging.count) body.number("totalCount", total);
  if (paging.envelope) body.number("status", 200);
  return body.render();
}

}  // namespace atlas_simulator
