// Whose a job is that several targets list.

#include <algorithm>

#include "poller/look.h"
#include "poller/poller.h"

namespace restorewatch {

/// What becomes of a job that may move here is not known before its present owner's commit is done.
bool Poller::must_wait(const Look& look) const {
  const ProjectId& project = fleet_.target(look.index).key.project_id;
  return std::ranges::any_of(look.listing.jobs, [&](const RestoreJob& job) {
    const auto owner = fleet_.claimed_by(project, job.id);
    return owner && *owner != look.index && !fleet_.is_polled(*owner);
  });
}

/// A job is one job, whoever lists it: the target that had it first keeps it, until nobody looks at
/// that one any more. Then it moves, with all that is known of it. Asked at the very end of a look:
/// until then another target of the project may be faster.
void Poller::settle_owners(Look& look) {
  const Target& target = fleet_.target(look.index);
  const JobTable& jobs = fleet_.record(look.index).jobs;
  const bool is_polled = fleet_.is_polled(look.index);
  std::erase_if(look.listing.jobs, [&](const RestoreJob& job) {
    const bool has_it = jobs.contains(job.id);
    if (has_it && is_polled) return false;
    const auto owner = fleet_.owner_of(target.key.project_id, job.id);
    if (!owner || *owner == look.index) return false;
    if (fleet_.is_polled(*owner)) {
      if (!has_it) odd_answers_.note_twice(look.index, target, job.id);
      return true;  // or it has moved there while this look was under way
    }
    if (has_it) return false;
    if (auto known = fleet_.record(*owner).jobs.find(job.id)) {
      look.moved_here.push_back(*std::move(known));
    }
    return false;
  });
  if (is_polled) return;
  std::erase_if(look.not_found, [&](const JobId& id) {
    return fleet_.owner_of(target.key.project_id, id) != look.index;
  });
}

}  // namespace restorewatch
