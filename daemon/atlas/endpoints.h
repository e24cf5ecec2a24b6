#pragma once

#include <string>
#include <string_view>

#include "atlas/json_parser.h"
#include "atlas/page.h"
#include "base/result.h"
#include "jobs/words.h"

namespace restorewatch {

/// How one source is asked. A new source is a row here, a decoder, and a folder of fixtures.
struct Endpoint {
  std::string_view list_path;     // a template: {groupId}, {clusterName}
  std::string_view get_path;      // the same and {restoreJobId}
  std::string_view accept;        // names the API version
  std::string_view endpoint_set;  // whose rate bucket it draws from, as a label
  Result<Page> (*decode_page)(JsonParser&, std::string& body);
  Result<RestoreJob> (*decode_job)(JsonParser&, std::string& body);
};

const Endpoint& endpoint_of(Source source);

}  // namespace restorewatch
