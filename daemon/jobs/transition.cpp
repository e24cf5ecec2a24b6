#include "jobs/transition.h"

#include <fmt/format.h>

namespace restorewatch {

std::string event_id(const Transition& transition) {
  return fmt::format("{}:{}:{}", to_string(transition.job.id), label(transition.to),
                     transition.nth);
}

std::optional<std::chrono::milliseconds> duration_between(
    WallTime requested_at, const std::optional<WallTime>& finished_at) {
  if (!finished_at || *finished_at < requested_at) return std::nullopt;
  return *finished_at - requested_at;
}

std::optional<std::chrono::milliseconds> duration_of(const RestoreJob& job) {
  return duration_between(job.requested_at, job.finished_at);
}

}  // namespace restorewatch
