#include <fmt/format.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/job_report.h"

namespace restorewatch {

int run_explain(const std::string& store_path, const std::string& job_id) {
  const auto id = parse_object_id(job_id);
  if (!id) {
    fmt::print(stderr, "a job id is 24 hex digits, as in the label and the event key job_id\n");
    return kExitBadConfig;
  }
  const auto history = read_history(store_path, *id);
  if (!history) {
    fmt::print(stderr, "{}\n", history.error().detail);
    return kExitBadConfig;
  }
  if (history->known.empty() && history->entries.empty()) {
    fmt::print(stderr, "{} does not know job {}\n", store_path, to_string(*id));
    return kExitPartial;
  }
  fmt::print("{}", job_report(*id, *history));
  return kExitOk;
}

}  // namespace restorewatch
