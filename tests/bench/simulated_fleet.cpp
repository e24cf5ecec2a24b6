#include "bench/simulated_fleet.h"

#include <algorithm>
#include <utility>

namespace restorewatch::testing_fleet {
namespace {

constexpr std::string_view kMainSet = "cloud_backups";

}  // namespace

struct SimulatedFleet::Walk {
  TargetNumber target;
  IsSettled is_settled;
  ListDone done;
  std::size_t jobs_read = 0;
  Listing listing;  // newest first while pages come
};

SimulatedFleet::SimulatedFleet(Options options, FleetWorld& world, const Clock& clock, Loop& loop,
                               OnQuestion on_question)
    : options_(options),
      world_(world),
      clock_(clock),
      loop_(loop),
      on_question_(std::move(on_question)),
      meter_(world.shape().projects, options.limit) {
  for (const InventoryProject& project : world.inventory().projects) {
    buckets_.push_back({to_string(project.project.id), kMainSet});
  }
}

const CallBucket& SimulatedFleet::bucket(TargetNumber target) const {
  return buckets_[world_.project_of(target)];
}

CallBucket SimulatedFleet::bucket_of(const Target& target) const {
  return bucket(world_.number_of(target.key));
}

template <typename Done>
void SimulatedFleet::call(TargetNumber target, CallKind kind, Done done) {
  const auto when = budget_->reserve(bucket(target));
  if (!when) {
    return loop_.post([done = std::move(done)]() mutable {
      done(Error{ErrorKind::Throttled, "Atlas wants to be left alone"}, WallTime{});
    });
  }
  if (*when <= clock_.steady_now()) return send(target, kind, std::move(done));
  loop_.at(*when, [this, target, kind, done = std::move(done)]() mutable {
    send(target, kind, std::move(done));
  });
}

template <typename Done>
void SimulatedFleet::send(TargetNumber target, CallKind kind, Done done) {
  const SteadyTime sent = clock_.steady_now();
  const WallTime wall = clock_.wall_now();
  most_in_flight_ = std::max(most_in_flight_, ++in_flight_);
  world_.advance_to(wall);
  const std::uint32_t project = world_.project_of(target);
  const auto taken = meter_.take(project, kind, sent);
  const auto latency = draws_.between(options_.fastest_answer, options_.slowest_answer);
  if (sent < failing_until_) {
    return loop_.at(sent + latency, [this, wall, done = std::move(done)]() mutable {
      --in_flight_;
      done(Error{ErrorKind::Unreachable, "connection refused"}, wall);
    });
  }
  loop_.at(sent + latency, [this, target, sent, wall, taken, done = std::move(done)]() mutable {
    --in_flight_;
    answer(target, sent, taken, [&](Failed failed) { done(std::move(failed), wall); });
  });
}

template <typename Done>
void SimulatedFleet::answer(TargetNumber target, SteadyTime sent, CallMeter::Taken taken,
                            Done done) {
  BucketNews news;
  news.capacity = options_.limit.capacity;
  news.remaining = taken.remaining;
  if (taken.allowed) {
    budget_->answered(bucket(target), sent, news);
    return done(std::nullopt);
  }
  news.throttled = true;
  news.retry_after = taken.retry_after;
  meter_.told_to_wait(world_.project_of(target), clock_.steady_now() + taken.retry_after);
  budget_->answered(bucket(target), sent, news);
  done(Error{ErrorKind::Throttled, "429", taken.retry_after});
}

void SimulatedFleet::list(const Target& target, Known known, ListDone done) {
  const TargetNumber number = world_.number_of(target.key);
  on_question_(number);
  auto walk = std::make_shared<Walk>();
  walk->target = number;
  walk->is_settled = std::move(known.is_settled);
  walk->done = std::move(done);
  next_page(walk);
}

void SimulatedFleet::next_page(const std::shared_ptr<Walk>& walk) {
  const CallKind kind = walk->jobs_read == 0 ? CallKind::FirstPage : CallKind::FurtherPage;
  call(walk->target, kind,
       [this, walk](Failed failed, WallTime sent) { page_came(walk, std::move(failed), sent); });
}

/// Pages hold the newest first. What has begun or ended after the call was sent is not in them.
void SimulatedFleet::page_came(const std::shared_ptr<Walk>& walk, Failed failed, WallTime sent) {
  Listing& listing = walk->listing;
  bool at_end = failed.has_value();
  bool all_settled = walk->is_settled != nullptr;
  if (failed) {
    listing.error = std::move(failed);
  } else {
    if (!listing.served_at) listing.served_at = std::chrono::floor<std::chrono::seconds>(sent);
    auto jobs = world_.jobs(walk->target);
    while (!jobs.empty() && jobs.back().requested_at > sent) jobs = jobs.first(jobs.size() - 1);
    const std::size_t left = jobs.size() - std::min(jobs.size(), walk->jobs_read);
    const std::size_t end = left - std::min(left, options_.jobs_a_page);
    for (std::size_t i = left; i-- > end;) {
      listing.jobs.push_back(world_.shown(walk->target, jobs[i], sent));
      all_settled = all_settled && walk->is_settled(listing.jobs.back());
    }
    walk->jobs_read += left - end;
    at_end = end == 0;
  }
  if (!at_end && !all_settled) return next_page(walk);
  if (!at_end) listing.extent = Extent::Newest;
  std::ranges::sort(listing.jobs, {}, &RestoreJob::id);
  walk->done(std::move(listing));
}

void SimulatedFleet::get(const Target& target, const JobId& id, GetDone done) {
  const TargetNumber number = world_.number_of(target.key);
  on_question_(number);
  call(number, CallKind::Single,
       [this, number, id, done = std::move(done)](Failed failed, WallTime sent) {
         if (failed) return done(*std::move(failed));
         done(find(number, id, sent));
       });
}

Result<RestoreJob> SimulatedFleet::find(TargetNumber target, const JobId& id, WallTime sent) const {
  for (const WorldJob& job : world_.jobs(target)) {
    if (FleetWorld::id_of(target, job) == id) return world_.shown(target, job, sent);
  }
  return Error{ErrorKind::NotFound, "no such job"};
}

}  // namespace restorewatch::testing_fleet
