#pragma once

#include <string>

#include "jobs/object_id.h"
#include "store/history.h"

namespace restorewatch {

/// What `restorewatch explain` prints: what is known of the job, which rule gave that, and each
/// step that it was seen to take.
std::string job_report(const JobId& id, const JobHistory& history);

}  // namespace restorewatch
