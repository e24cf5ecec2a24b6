#pragma once

#include <cstddef>
#include <vector>

#include "jobs/job_source.h"
#include "jobs/restore_job.h"

namespace restorewatch {

/// The status that an answer has without an envelope: such answers are read only where HTTP says
/// that all is well.
inline constexpr int kNoEnvelope = 200;

constexpr bool is_success(int status) {
  return status >= 200 && status < 300;
}

/// What one page of a list says apart from its rows.
struct ListPage {
  bool has_links = false;    // it says something about paging at all
  bool has_next = false;     // it links to a next page
  int status = kNoEnvelope;  // of its envelope; if no success there are no rows
};

/// One page of restore jobs, decoded.
struct Page : ListPage {
  std::vector<RestoreJob> jobs;  // in the page's order
  std::vector<UnreadableJob> unreadable;
  std::vector<UnknownWord> unknown_words;

  std::size_t rows() const { return jobs.size() + unreadable.size(); }
};

/// An answer that is one restore job, decoded.
struct SingleJob {
  RestoreJob job;            // if the status is a success
  int status = kNoEnvelope;  // of its envelope
};

}  // namespace restorewatch
