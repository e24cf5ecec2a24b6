#include "simulator/job_facts.h"

namespace atlas_simulator {
namespace {

constexpr std::int64_t kAll = 1000;

/// The last fifth of the work goes into finishing touches.
constexpr std::int64_t kFinalizesFrom = 800;

/// How much of the work is done, in thousandths. A job that never ends stops half-way.
std::int64_t done(const Job& job, VirtualTime now) {
  if (now <= job.started) return 0;
  if (!job.settled) return kAll / 2;
  if (now >= *job.settled) return kAll;
  return kAll * (now - job.started).count() / (*job.settled - job.started).count();
}

}  // namespace

std::optional<VirtualTime> point_in_time(const Job& job) {
  Draws draws = draws_for(job, "point in time");
  if (job.source == Source::Collection) {
    return draws.one_in(4) ? std::optional(job.created - std::chrono::minutes(10)) : std::nullopt;
  }
  if (job.delivery != Delivery::PointInTime) return std::nullopt;
  return job.created - std::chrono::minutes(1 + draws.below(240));
}

Progress progress_of(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  const auto total =
      static_cast<std::int64_t>(draws_for(job, "documents").below(9'000'000'000)) + kAll;
  const std::int64_t part = std::min(kAll, done(job, now) * kAll / kFinalizesFrom);
  Progress progress;
  progress.restored = total / kAll * part + (part == kAll ? total % kAll : 0);
  progress.total = look == Look::Pending ? total / 10 * 9 : total;
  if (is_finalizing(job, now)) {
    const bool lacks_some = job.partial && look == Look::Completed;
    const auto failed = static_cast<std::int64_t>(1 + draws_for(job, "collections").below(5));
    progress.failed_collections = lacks_some ? failed : 0;
  }
  return progress;
}

bool is_finalizing(const Job& job, VirtualTime now) {
  return done(job, now) >= kFinalizesFrom;
}

}  // namespace atlas_simulator
