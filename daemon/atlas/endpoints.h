#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "atlas/decode_jobs.h"
#include "base/result.h"
#include "jobs/words.h"

namespace restorewatch {

/// How a list is asked for page by page.
enum class PageStyle : std::uint8_t {
  Counted,    // by number, and told not to count: counting is dear for the server
  Uncounted,  // by number; there is no includeCount
  Whole,      // there are no pages
};

/// How one source is asked through one generation of the API. A new source is a row in the table,
/// a decoder where its answers have a shape of their own, and a folder of fixtures.
struct Endpoint {
  Source source = Source::Dedicated;
  ApiGeneration api = ApiGeneration::V2;
  std::string_view list_path;  // a template: {groupId}, {clusterName}
  std::string_view get_path;   // the same and {restoreJobId}
  std::string_view accept;     // names the API version, where there are versions
  std::string_view role;       // what the credential needs in the project, for people
  PageStyle pages = PageStyle::Counted;
  std::string_view endpoint_set;           // whose rate bucket it draws from, as a label
  const JobFamily& (*family)() = nullptr;  // the shape of its answers
};

std::span<const Endpoint> all_endpoints();

/// The row; null where the source has never had that generation.
const Endpoint* find_endpoint(Source source, ApiGeneration api);

/// What asking without a row ends with, of kind Other.
Error no_endpoint(Source source, ApiGeneration api);

}  // namespace restorewatch
