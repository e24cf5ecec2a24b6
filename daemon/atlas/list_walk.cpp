#include "atlas/list_walk.h"

namespace restorewatch::json {
namespace {

error_code read_link(value from, ListPage& page) {
  object link;
  if (from.get_object().get(link) != simdjson::SUCCESS) return simdjson::SUCCESS;
  return for_each_member(link, [&](std::string_view key, value member) -> error_code {
    std::string_view relation;
    if (key != "rel") return simdjson::SUCCESS;
    if (const Found is = read_text(member, relation); is != Found::Value) {
      return is == Found::Broken ? simdjson::TAPE_ERROR : simdjson::SUCCESS;
    }
    page.has_links = true;
    page.has_next = page.has_next || relation == "next";
    return simdjson::SUCCESS;
  });
}

}  // namespace

error_code read_page_links(value from, ListPage& page) {
  json_type type{};
  if (const error_code error = from.type().get(type)) return error;
  if (type != json_type::array) return simdjson::SUCCESS;
  simdjson::ondemand::array links;
  if (const error_code error = from.get_array().get(links)) return error;
  return for_each_element(links, [&](value link) -> error_code {
    json_type link_type{};
    if (const error_code error = link.type().get(link_type)) return error;
    return link_type == json_type::object ? read_link(link, page) : simdjson::SUCCESS;
  });
}

error_code read_envelope_status(value from, OtherStatus other, int& status, bool& was_one) {
  json_type type{};
  if (const error_code error = from.type().get(type)) return error;
  std::int64_t number = 0;
  const bool is_integer =
      type == json_type::number && from.get_int64().get(number) == simdjson::SUCCESS;
  if (!is_integer || number < 100 || number > 599) {
    return other == OtherStatus::Wrong ? simdjson::INCORRECT_TYPE : simdjson::SUCCESS;
  }
  status = static_cast<int>(number);
  was_one = true;
  return simdjson::SUCCESS;
}

Error bad_results(int results) {
  return Error{ErrorKind::Malformed, results == 0
                                         ? "not the documented JSON: there is no results array."
                                         : "not the documented JSON: results is there twice."};
}

}  // namespace restorewatch::json
