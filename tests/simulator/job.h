#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/draws.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

/// What a job is at one moment. The world decides this; it derives it from no answer.
enum class Look { NotYet, InProgress, Ready, Completed, Failed, Cancelled, Expired, Gone };

std::string_view word(Look look);

/// One job's whole story, fixed when the world is made.
struct Job {
  std::string id;  // 24 hexadecimal digits; the first 8 are `created` in seconds
  std::string snapshot_id;
  VirtualTime snapshot_taken;
  Delivery delivery = Delivery::Automated;
  End end = End::Completed;
  std::string target_project, target_cluster;  // empty for downloads
  VirtualTime created;                         // visible from here
  std::optional<VirtualTime> settled;          // when the work is over; absent: never
  std::optional<VirtualTime> link_dies;        // when a link stops working; absent: there is none
  std::uint64_t seed = 0;                      // for what is left to chance in its answers
};

Look look_at(const Job& job, VirtualTime now);

/// When the job reached its last state; absent while it has not.
std::optional<VirtualTime> ended_at(const Job& job, VirtualTime now);

/// `finishedAt`, if the job's answers have it by now: completed jobs do; failed and cancelled ones
/// have it or not, by seed, since nothing documents which.
std::optional<VirtualTime> told_finish(const Job& job, VirtualTime now);

/// `expiresAt`, if the job's answers have it by now: from when a link exists.
std::optional<VirtualTime> told_expiry(const Job& job, VirtualTime now);

/// `completed`, `failed`, `cancelled` or `expired` as soon as it is certain: a download that had
/// its link was completed, whatever becomes of the link. Absent before, and for jobs that vanish.
std::optional<Look> outcome_of(const Job& job, VirtualTime now);

/// Draws what `plan` leaves open. Jobs without a target of their own aim at where they come from.
Job make_job(const JobPlan& plan, VirtualTime created, const std::string& project,
             const std::string& cluster, Draws& draws);

/// A time within `span`, both ends included.
Millis draw(const Span& span, Draws& draws);

}  // namespace atlas_simulator
