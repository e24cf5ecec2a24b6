#include "atlas/link_search.h"

namespace restorewatch::json {
namespace {

/// components[] / privateDownloadDeliveryUrls[] / deliveryUrl is the deepest that is documented.
constexpr int kMaxDepth = 4;

bool holds_link(std::string_view key) {
  return key == "deliveryUrl" || key == "downloadUrl" || key == "privateDownloadDeliveryUrls";
}

}  // namespace

error_code LinkSearch::look(value from, int depth) {
  json_type type{};
  if (const error_code error = from.type().get(type)) return error;
  if (type == json_type::array && depth < kMaxDepth) {
    simdjson::ondemand::array links;
    if (const error_code error = from.get_array().get(links)) return error;
    return for_each_element(links, [&](value link) { return look(link, depth + 1); });
  }
  if (type == json_type::object && depth < kMaxDepth) {
    object holder;
    if (const error_code error = from.get_object().get(holder)) return error;
    return for_each_member(holder, [&](std::string_view key, value link) {
      return holds_link(key) ? look(link, depth + 1) : simdjson::SUCCESS;
    });
  }
  return look_at_text(from);
}

error_code LinkSearch::look_at_text(value from) {
  std::string_view link;
  const Found is = read_text(from, link);
  found_ = found_ || (is == Found::Value && !link.empty());
  met_something_else_ = met_something_else_ || is == Found::Wrong;
  return is == Found::Broken ? simdjson::TAPE_ERROR : simdjson::SUCCESS;
}

}  // namespace restorewatch::json
