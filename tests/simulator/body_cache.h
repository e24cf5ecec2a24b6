#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "simulator/job_body.h"

namespace atlas_simulator {

/// Rendered jobs: most answers repeat what was said before, and rendering is what an answer costs.
/// Not thread-safe.
class BodyCache {
 public:
  /// The body of the job as it is now; valid until the next call.
  const std::string& body(const JobView& view);

 private:
  struct Entry {
    Look look = Look::NotYet;
    std::uint64_t cluster_changes = 0;
    std::string text;
  };

  std::unordered_map<std::uint64_t, Entry> entries_;  // by number of the job, and generation
};

}  // namespace atlas_simulator
