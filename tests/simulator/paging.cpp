#include "simulator/paging.h"

#include <charconv>
#include <vector>

#include "simulator/json_text.h"

namespace atlas_simulator {
namespace {

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

std::string query_text(const Paging& paging, const ListTraits& traits, std::int64_t page) {
  if (!traits.paged) return "";
  std::string text = "?";
  if (traits.counted) text += std::string("includeCount=") + (paging.count ? "true&" : "false&");
  return text + "itemsPerPage=" + std::to_string(paging.per_page) +
         "&pageNum=" + std::to_string(page);
}

std::string links(const Paging& paging, const ListTraits& traits, std::int64_t total,
                  const std::string& path) {
  const auto link = [&](std::string_view rel, std::string_view host, std::int64_t page) {
    return link_json(rel, host, path + query_text(paging, traits, page));
  };
  const std::string_view onward = traits.foreign_links ? "http://elsewhere.example" : traits.host;
  std::vector<std::string> all{link("self", traits.host, paging.page)};
  const bool more = traits.paged && paging.first() + paging.per_page < total;
  if (more) all.push_back(link("next", onward, paging.page + 1));
  if (paging.page > 1) all.push_back(link("previous", traits.host, paging.page - 1));
  return json_array(all);
}

}  // namespace

std::optional<bool> read_flag(const Query& query, const std::string& name, bool otherwise) {
  const auto found = query.find(name);
  if (found == query.end()) return otherwise;
  if (found->second != "true" && found->second != "false") return std::nullopt;
  return found->second == "true";
}

std::optional<Paging> read_paging(const Query& query, const ListTraits& traits) {
  Paging paging;
  if (traits.paged && !(read_number(query, "pageNum", kMostPages, paging.page) &&
                        read_number(query, "itemsPerPage", kMostRows, paging.per_page))) {
    return std::nullopt;
  }
  if (!traits.counted) return paging;
  const auto count = read_flag(query, "includeCount", true);
  if (!count) return std::nullopt;
  paging.count = *count;
  return paging;
}

std::string page_body(const Paging& paging, const ListTraits& traits, std::int64_t total,
                      std::string rows, const std::string& path) {
  std::string body = "{";
  if (traits.linked) body += "\"links\":" + links(paging, traits, total, path) + ',';
  body += "\"results\":[" + std::move(rows) + ']';
  if (paging.count) body += ",\"totalCount\":" + std::to_string(total);
  return body + '}';
}

}  // namespace atlas_simulator
