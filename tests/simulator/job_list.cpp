#include "simulator/job_list.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace atlas_simulator {
namespace {

bool newer(const Job& a, const Job& b) {
  return a.created != b.created ? a.created > b.created : a.id > b.id;
}

/// The second of creation that an id names.
VirtualTime time_in(std::string_view id) {
  std::uint32_t seconds = 0;
  constexpr int kHexadecimal = 16;
  std::from_chars(id.data(), id.data() + std::min<std::size_t>(8, id.size()), seconds,
                  kHexadecimal);
  return VirtualTime(std::chrono::seconds(seconds));
}

}  // namespace

void JobList::add(std::vector<Job> jobs) {
  for (const auto& job : jobs) {
    if (job.end == End::Vanishes) vanish_times_.push_back(*job.settled);
  }
  std::sort(vanish_times_.begin(), vanish_times_.end());
  std::sort(jobs.begin(), jobs.end(), newer);
  const auto old = static_cast<std::ptrdiff_t>(jobs_.size());
  std::move(jobs.begin(), jobs.end(), std::back_inserter(jobs_));
  std::inplace_merge(jobs_.begin(), jobs_.begin() + old, jobs_.end(), newer);
}

std::span<const Job> JobList::created_by(VirtualTime now) const {
  const auto first = std::partition_point(jobs_.begin(), jobs_.end(),
                                          [&](const Job& job) { return job.created > now; });
  return {first, jobs_.end()};
}

void JobList::retarget(std::string_view project, std::string_view from, const std::string& to,
                       VirtualTime now) {
  for (Job& job : jobs_) {
    const bool aims_there = job.target_project == project && job.target_cluster == from;
    if (aims_there && job.created > now) job.target_cluster = to;
  }
}

const Job* JobList::find(std::string_view id, VirtualTime now) const {
  const VirtualTime second = time_in(id);
  const auto jobs = created_by(std::min(now, second + std::chrono::milliseconds(999)));
  for (const auto& job : jobs) {
    if (job.created < second) return nullptr;
    if (job.id == id) return has_vanished(job, now) ? nullptr : &job;
  }
  return nullptr;
}

std::size_t JobList::visible_count(VirtualTime now) const {
  const auto gone = std::upper_bound(vanish_times_.begin(), vanish_times_.end(), now);
  return created_by(now).size() - static_cast<std::size_t>(gone - vanish_times_.begin());
}

std::vector<const Job*> JobList::visible(VirtualTime now, std::size_t skipped,
                                         std::size_t most) const {
  auto jobs = created_by(now);
  if (vanish_times_.empty()) {  // then a page is where its number says
    jobs = jobs.subspan(std::min(skipped, jobs.size()));
    skipped = 0;
  }
  std::vector<const Job*> page;
  for (const auto& job : jobs) {
    if (page.size() == most) break;
    if (has_vanished(job, now)) continue;
    if (skipped > 0) {
      --skipped;
    } else {
      page.push_back(&job);
    }
  }
  return page;
}

}  // namespace atlas_simulator
