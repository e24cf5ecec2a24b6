#pragma once

// Included by decoders' .cpp files only, see json_values.h.

#include <cstddef>
#include <string>
#include <string_view>

#include "atlas/json_values.h"
#include "atlas/page.h"

namespace restorewatch::json {

/// More rows than this are not a page: the API gives 500 at most. It bounds what a small body of
/// empty rows can cost.
inline constexpr std::size_t kMaxRows = 10'000;

/// Takes what a list says about paging. Shapes it does not know are passed over.
error_code read_page_links(value from, ListPage& page);

/// Takes an envelope's `status` if there is one: a number that HTTP has. (A job's own status is a
/// word.) Whether it was one is told.
enum class OtherStatus { PassedOver, Wrong };
error_code read_envelope_status(value from, OtherStatus other, int& status, bool& was_one);

/// Why a list without exactly one `results` is none.
Error bad_results(int results);

/// A list page: {"results": [...], "links": [...]}, within an envelope also `status`; other members
/// are passed over. `row(value)` takes each row.
template <typename Row>
Status read_list(JsonParser& parser, std::string& body, ListPage& page, Row row) {
  int results = 0;
  bool has_status = false;
  Status status = read_document(parser, body, [&](std::string_view key, value from) -> error_code {
    if (key == "links") return read_page_links(from, page);
    if (key == "status")
      return read_envelope_status(from, OtherStatus::Wrong, page.status, has_status);
    if (key != "results" || ++results > 1) return simdjson::SUCCESS;
    simdjson::ondemand::array rows;
    if (const error_code error = from.get_array().get(rows)) return error;
    return for_each_element(rows, row);
  });
  if (!status || results == 1 || !is_success(page.status)) return status;
  return bad_results(results);
}

}  // namespace restorewatch::json
