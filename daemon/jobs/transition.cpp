#include "jobs/transition.h"

#include <fmt/format.h>

namespace restorewatch {

std::string event_id(const Transition& transition) {
  return fmt::format("{}:{}:{}", to_string(transition.job.id), label(transition.to),
                     transition.nth);
}

std::optional<std::chrono::milliseconds> duration_of(const RestoreJob& job) {
  if (!job.finished_at || *job.finished_at < job.requested_at) return std::nullopt;
  return *job.finished_at - job.requested_at;
}

}  // namespace restorewatch
