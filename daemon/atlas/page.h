#pragma once

#include <cstddef>
#include <vector>

#include "jobs/job_source.h"
#include "jobs/restore_job.h"

namespace restorewatch {

/// One page of a list, decoded.
struct Page {
  std::vector<RestoreJob> jobs;  // in the page's order
  std::vector<UnreadableJob> unreadable;
  bool has_links = false;  // it says something about paging at all
  bool has_next = false;   // it links to a next page

  std::size_t rows() const { return jobs.size() + unreadable.size(); }
};

}  // namespace restorewatch
