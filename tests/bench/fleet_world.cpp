#include "bench/fleet_world.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes kMeanRest{20};  // of a lane, between two jobs

void put(std::uint32_t number, ObjectId& id, std::size_t at) {
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes[at + i] = static_cast<std::uint8_t>(number >> (24U - 8U * i));
  }
}

std::uint32_t number_in(const ObjectId& id, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | id.bytes[at + i];
  return number;
}

ObjectId numbered(std::uint32_t number) {
  ObjectId id;
  put(0x5B000000, id, 0);
  put(number, id, 8);
  return id;
}

/// Some are over before anybody looks twice; most take minutes, a few hours.
milliseconds drawn_duration(RandomDraws& draws) {
  const double kind = draws.fraction();
  if (kind < 0.15) return draws.between(seconds(2), seconds(40));
  if (kind < 0.9) return draws.between(minutes(2), minutes(45));
  return draws.between(hours(1), hours(4));
}

/// What the listing shows at the start: restores of the last days, all well over.
WorldJob old_job(std::uint32_t age, WallTime start, RandomDraws& draws) {
  WorldJob job;
  job.requested_at = start - hours(6) * (age + 1) - draws.between(minutes(0), hours(5));
  job.ended_at = job.requested_at + draws.between(minutes(2), minutes(45));
  return job;
}

}  // namespace

FleetWorld::FleetWorld(FleetShape shape, WallTime start, WallTime quiet_until, OnJob on_job)
    : shape_(shape), on_job_(std::move(on_job)), jobs_(shape.targets()) {
  RandomDraws draws(shape.seed);
  for (auto& jobs : jobs_) {
    for (std::uint32_t age = shape.listed_jobs; age-- > 0;) {
      jobs.push_back(old_job(age, start, draws));
      jobs.back().nth = static_cast<std::uint32_t>(jobs.size());
    }
  }
  for (std::uint32_t project = 0; project < shape.projects; ++project) {
    last_in_project_.push_back(project * shape.clusters_a_project * shape.sources());
    for (std::uint32_t lane = 0; lane < shape.busy; ++lane) {
      RandomDraws own(draws.next());
      const WallTime begins = quiet_until + own.around(kMeanRest);
      lanes_.push_back({begins, project, own});
    }
  }
  std::ranges::make_heap(lanes_, is_later);
}

void FleetWorld::advance_to(WallTime now) {
  while (!lanes_.empty() && lanes_.front().next_begins <= now) {
    std::ranges::pop_heap(lanes_, is_later);
    begin_job(lanes_.back());
    std::ranges::push_heap(lanes_, is_later);
  }
}

void FleetWorld::begin_job(Lane& lane) {
  const std::uint32_t in_project = shape_.clusters_a_project * shape_.sources();
  TargetNumber& last = last_in_project_[lane.project];
  // Now and then where a job has just begun already.
  if (lane.draws.fraction() >= 0.1) last = lane.project * in_project + lane.draws.below(in_project);
  WorldJob job;
  job.requested_at = lane.next_begins;
  job.ended_at = job.requested_at + drawn_duration(lane.draws);
  job.fails = lane.draws.fraction() < 0.1;
  job.nth = static_cast<std::uint32_t>(++begun_) + shape_.listed_jobs;
  lane.next_begins = job.ended_at + lane.draws.around(kMeanRest);
  add(last, job, job.requested_at);
}

void FleetWorld::add(TargetNumber target, WorldJob job, WallTime now) {
  auto& jobs = jobs_[target];
  const auto oldest = std::ranges::find_if(jobs, [&](const WorldJob& j) {
    // Long enough over for everybody to have seen it.
    return j.is_over(now - hours(3));
  });
  if (jobs.size() >= shape_.listed_jobs && oldest != jobs.end()) jobs.erase(oldest);
  jobs.push_back(job);
  on_job_(target, id_of(target, job), job);
}

RestoreJob FleetWorld::shown(TargetNumber target, const WorldJob& job, WallTime at) const {
  const bool collection = source_of(target) == Source::Collection;
  RestoreJob shown;
  shown.id = id_of(target, job);
  shown.delivery = collection ? Delivery::Collection : Delivery::Automated;
  shown.requested_at = std::chrono::floor<seconds>(job.requested_at);
  shown.snapshot_id = numbered(job.nth);
  shown.target_project_id = numbered(project_of(target));
  shown.target_cluster = "drill-1";
  if (job.is_over(at)) {
    shown.state = job.fails ? JobState::Failed : JobState::Completed;
    shown.outcome = job.fails ? Outcome::Failed : Outcome::Completed;
    shown.finished_at = std::chrono::floor<seconds>(job.ended_at);
  } else {
    shown.state = collection ? JobState::Running : JobState::InProgress;
  }
  return shown;
}

Inventory FleetWorld::inventory() const {
  Inventory inventory;
  inventory.settled = true;
  for (std::uint32_t p = 0; p < shape_.projects; ++p) {
    InventoryProject& project = inventory.projects.emplace_back();
    project.project = {numbered(p), fmt::format("project-{:04}", p), {}};
    project.credentials = {"main"};
    for (std::uint32_t c = 0; c < shape_.clusters_a_project; ++c) {
      InventoryCluster& known = project.clusters.emplace_back();
      known.cluster.name = fmt::format("cluster-{:05}", c);
      known.cluster.id = numbered(p * shape_.clusters_a_project + c);
      known.sources.push_back({Source::Dedicated});
      if (shape_.collections) known.sources.push_back({Source::Collection});
    }
  }
  return inventory;
}

TargetNumber FleetWorld::number_of(const TargetKey& key) const {
  const std::uint32_t second = key.source == Source::Collection ? 1 : 0;
  return number_in(*key.cluster_id, 8) * shape_.sources() + second;
}

Source FleetWorld::source_of(TargetNumber target) const {
  return target % shape_.sources() == 0 ? Source::Dedicated : Source::Collection;
}

/// The time comes first, as in Atlas's ids, so that they sort by age.
JobId FleetWorld::id_of(TargetNumber target, const WorldJob& job) {
  JobId id;
  const auto requested = std::chrono::floor<seconds>(job.requested_at.time_since_epoch());
  put(static_cast<std::uint32_t>(requested.count()), id, 0);
  put(target, id, 4);
  put(job.nth, id, 8);
  return id;
}

TargetNumber FleetWorld::target_of(const JobId& id) {
  return number_in(id, 4);
}

}  // namespace restorewatch::testing_fleet
