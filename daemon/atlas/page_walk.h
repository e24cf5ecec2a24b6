#pragma once

// Included by decoders' .cpp files only, see json_values.h.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "atlas/json_values.h"
#include "atlas/page.h"

namespace restorewatch::json {

using DecodedJob = std::variant<RestoreJob, UnreadableJob>;

/// Takes what a list page says about paging. Shapes it does not know are passed over.
error_code read_page_links(value from, Page& page);

/// More rows than this are not a page: the API gives 500 at most. It bounds what a small body of
/// empty rows can cost.
inline constexpr std::size_t kMaxRows = 10'000;

/// One row of `results`. JobReader has `error_code read(object)` and `DecodedJob take()`.
template <typename JobReader>
error_code read_row(value from, Page& page) {
  json_type type{};
  if (page.rows() == kMaxRows) return simdjson::CAPACITY;
  if (const error_code error = from.type().get(type)) return error;
  if (type != json_type::object) {
    page.unreadable.push_back({"", "not an object"});
    return simdjson::SUCCESS;
  }
  object row;
  if (const error_code error = from.get_object().get(row)) return error;
  JobReader reader;
  if (const error_code error = reader.read(row)) return error;
  DecodedJob decoded = reader.take();
  if (auto* job = std::get_if<RestoreJob>(&decoded)) {
    page.jobs.push_back(std::move(*job));
  } else {
    page.unreadable.push_back(std::get<UnreadableJob>(std::move(decoded)));
  }
  return simdjson::SUCCESS;
}

/// A list page: {"results": [...], "links": [...]}; other members are passed over.
template <typename JobReader>
Result<Page> read_page(JsonParser& parser, std::string& body) {
  Page page;
  int results = 0;
  const Status status =
      read_document(parser, body, [&](std::string_view key, value from) -> error_code {
        if (key == "links") return read_page_links(from, page);
        if (key != "results") return simdjson::SUCCESS;
        if (++results > 1) return simdjson::SUCCESS;
        simdjson::ondemand::array rows;
        if (const error_code error = from.get_array().get(rows)) return error;
        return for_each_element(rows, [&](value row) { return read_row<JobReader>(row, page); });
      });
  if (!status) return status.error();
  if (results == 1) return page;
  return Error{ErrorKind::Malformed, results == 0
                                         ? "not the documented JSON: there is no results array."
                                         : "not the documented JSON: results is there twice."};
}

/// One job on its own.
template <typename JobReader>
Result<RestoreJob> read_single_job(JsonParser& parser, std::string& body) {
  JobReader reader;
  const Status status = read_document(
      parser, body, [&](std::string_view key, value from) { return reader.member(key, from); });
  if (!status) return status.error();
  DecodedJob decoded = reader.take();
  if (auto* job = std::get_if<RestoreJob>(&decoded)) return std::move(*job);
  return Error{ErrorKind::Malformed, std::get<UnreadableJob>(decoded).reason};
}

}  // namespace restorewatch::json
