#include "simulator/job.h"

#include <array>
#include <cstdio>

#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

// The life of a link in recorded answers.
constexpr Millis kUsualLinkLife = std::chrono::hours(1);

std::string object_id(VirtualTime created, Draws& draws) {
  std::array<char, 16> seconds{};
  const auto stamp = static_cast<std::uint32_t>(unix_seconds(created));
  std::snprintf(seconds.data(), seconds.size(), "%08x", stamp);
  return seconds.data() + draws.hex(16);
}

/// How long the plan's link lives; absent: the job never has one.
std::optional<Millis> link_life(const JobPlan& plan) {
  if (plan.delivery != Delivery::Download) return std::nullopt;
  switch (plan.end) {
    case End::Expired:
    case End::Ready:
      if (plan.link_lives == Millis(0) && plan.end == End::Expired) return std::nullopt;
      return plan.link_lives.value_or(kUsualLinkLife);
    case End::Completed:
      return plan.link_lives > Millis(0) ? plan.link_lives : std::nullopt;
    case End::Cancelled:
    case End::Failed:
    case End::Vanishes:
    case End::Never:
      return std::nullopt;
  }
  return std::nullopt;
}

void set_target(Job& job, const JobPlan& plan, const std::string& project,
                const std::string& cluster) {
  if (plan.delivery == Delivery::Download) return;
  job.target_project = plan.target_project.value_or(project);
  job.target_cluster = plan.target_cluster.value_or(cluster);
}

Look last_look(End end) {
  switch (end) {
    case End::Completed:
      return Look::Completed;
    case End::Failed:
      return Look::Failed;
    case End::Cancelled:
      return Look::Cancelled;
    case End::Expired:
      return Look::Expired;
    case End::Ready:
      return Look::Ready;
    case End::Vanishes:
      return Look::Gone;
    case End::Never:
      return Look::InProgress;
  }
  return Look::InProgress;
}

}  // namespace

Millis draw(const Span& span, Draws& draws) {
  const auto width = static_cast<std::uint64_t>((span.most - span.least).count()) + 1;
  return span.least + Millis(static_cast<Millis::rep>(draws.below(width)));
}

Job make_job(const JobPlan& plan, VirtualTime created, const std::string& project,
             const std::string& cluster, Draws& draws) {
  Job job;
  job.id = object_id(created, draws);
  job.snapshot_taken = created - std::chrono::hours(1 + draws.below(24));
  job.snapshot_id = object_id(job.snapshot_taken, draws);
  job.delivery = plan.delivery;
  job.end = plan.end;
  set_target(job, plan, project, cluster);
  job.created = created;
  const Millis takes = draw(plan.takes, draws);
  if (plan.end != End::Never) job.settled = created + takes;
  if (const auto life = link_life(plan)) job.link_dies = created + takes + *life;
  job.seed = draws.next();
  return job;
}

std::string_view word(Look look) {
  switch (look) {
    case Look::NotYet:
      return "not_yet";
    case Look::InProgress:
      return "in_progress";
    case Look::Ready:
      return "ready";
    case Look::Completed:
      return "completed";
    case Look::Failed:
      return "failed";
    case Look::Cancelled:
      return "cancelled";
    case Look::Expired:
      return "expired";
    case Look::Gone:
      return "vanished";
  }
  return "?";
}

Look look_at(const Job& job, VirtualTime now) {
  if (now < job.created) return Look::NotYet;
  if (!job.settled || now < *job.settled) return Look::InProgress;
  if (job.link_dies && now < *job.link_dies) return Look::Ready;
  return last_look(job.end);
}

std::optional<VirtualTime> ended_at(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  if (look == Look::NotYet || look == Look::InProgress || look == Look::Ready) return std::nullopt;
  return job.link_dies ? job.link_dies : job.settled;
}

std::optional<VirtualTime> told_finish(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  const bool may_lack_it = look == Look::Failed || look == Look::Cancelled;
  if (look != Look::Completed && !may_lack_it) return std::nullopt;
  if (may_lack_it && Draws(seed_for(job.seed, "finish")).one_in(2)) return std::nullopt;
  return ended_at(job, now);
}

std::optional<VirtualTime> told_expiry(const Job& job, VirtualTime now) {
  if (!job.link_dies || now < *job.settled) return std::nullopt;
  return job.link_dies;
}

std::optional<Look> outcome_of(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  if (look == Look::NotYet || look == Look::InProgress || look == Look::Gone) return std::nullopt;
  return job.link_dies ? Look::Completed : look;
}

}  // namespace atlas_simulator
