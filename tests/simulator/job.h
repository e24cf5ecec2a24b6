#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/draws.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

/// What a job is at one moment. The world decides this; it derives it from no answer. Sources with
/// flags cannot tell Pending, Queued and Running apart: their jobs are InProgress.
enum class Look {
  NotYet,
  Pending,
  Queued,
  Running,
  InProgress,
  Ready,
  Completed,
  Failed,
  Cancelled,
  Expired,
  Gone
};

std::string_view word(Look look);

/// One job's whole story, fixed when it is made.
struct Job {
  std::uint64_t number = 0;  // its own in the world, counted from 0
  std::string id;            // 24 hexadecimal digits; the first 8 are `created` in seconds
  std::string cluster_id;    // of its cluster, as it was then
  Source source = Source::Dedicated;
  std::string snapshot_id;
  VirtualTime snapshot_taken;
  Delivery delivery = Delivery::Automated;
  End end = End::Completed;
  std::string target_project, target_cluster;  // empty for downloads
  VirtualTime created;                         // visible from here
  VirtualTime queued, started;           // sources with a status: when it left Pending, Queued
  std::optional<VirtualTime> settled;    // when the work is over; absent: never
  std::optional<VirtualTime> link_dies;  // when a link stops working; absent: there is none
  bool partial = false;                  // collection: completed, but not all of it
  bool closed = false;                   // flex: says CLOSED for COMPLETED
  std::string error;                     // collection: what it says if it failed
  std::uint64_t seed = 0;                // for what is left to chance in its answers
};

/// Where a new job comes from.
struct Origin {
  std::string project, cluster, cluster_id;
  Source source = Source::Dedicated;
};

Look look_at(const Job& job, VirtualTime now);

/// The look that a job had before it vanished; any other job's look.
Look last_shown_look(const Job& job, VirtualTime now);

bool has_vanished(const Job& job, VirtualTime now);

/// When the job reached its last state; absent while it has not.
std::optional<VirtualTime> ended_at(const Job& job, VirtualTime now);

/// The end of the job, if its answers have it by now: completed jobs do; failed and cancelled ones
/// have it or not, by seed, since nothing documents which.
std::optional<VirtualTime> told_finish(const Job& job, VirtualTime now);

/// When job or link expire, if the job's answers have it by now: with flags, from when a link
/// exists; Flex, shared tier and serverless restores, always; collection jobs, never.
std::optional<VirtualTime> told_expiry(const Job& job, VirtualTime now);

/// Whether the job's answers hold a download link by now.
bool has_link(const Job& job, VirtualTime now);

/// `completed`, `failed`, `cancelled` or `expired` as soon as it is certain: a download that had
/// its link was completed, whatever becomes of the link. Absent before, and for jobs that vanish.
std::optional<Look> outcome_of(const Job& job, VirtualTime now);

/// Draws what `plan` leaves open. Jobs without a target of their own aim at where they come from.
/// `number` is left to the caller.
Job make_job(const JobPlan& plan, VirtualTime created, const Origin& origin, Draws& draws);

/// A time within `span`, both ends included.
Millis draw(const Span& span, Draws& draws);

/// Chances that must not depend on each other are drawn from seeds of their own.
Draws draws_for(const Job& job, std::string_view what);

}  // namespace atlas_simulator
