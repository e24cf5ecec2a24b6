#include "simulator/job.h"

#include "simulator/object_id.h"

namespace atlas_simulator {
namespace {

// The life of a link in recorded answers.
constexpr Millis kUsualLinkLife = std::chrono::hours(1);

// `expirationDate` lies so far behind the request, for restores too: recorded for Flex, and in the
// published example for the shared tier.
constexpr Millis kFlexExpiry = std::chrono::hours(6);
constexpr Millis kTenantExpiry = std::chrono::hours(4);

// The published serverless example has an `expiresAt` that far ahead, on an unfinished restore.
constexpr Millis kServerlessExpiry = std::chrono::days(120);

constexpr std::string_view kUsualError = "Restore stopped: an index build failed on the target.";

/// How long the plan's link lives; absent: the job never has one.
std::optional<Millis> link_life(const JobPlan& plan, const Job& job) {
  if (job.delivery != Delivery::Download || has_status(job.source)) return std::nullopt;
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

void set_target(Job& job, const JobPlan& plan, const Origin& origin) {
  if (job.delivery == Delivery::Download) return;
  job.target_project = plan.target_project.value_or(origin.project);
  job.target_cluster = plan.target_cluster.value_or(origin.cluster);
}

/// Pending for a while, then perhaps queued (not observed in recorded answers, but documented).
void set_phases(Job& job, const JobPlan& plan, Millis takes) {
  Draws draws = draws_for(job, "phases");
  const Millis share = takes / 5;
  const Millis pending =
      plan.pending ? draw(*plan.pending, draws) : draw({share / 2, share}, draws);
  const bool queues = job.source != Source::Collection && (plan.queued || draws.one_in(2));
  const Millis queued =
      queues ? draw(plan.queued.value_or(Span{share / 2, share}), draws) : Millis(0);
  job.queued = job.created + std::min(pending, takes);
  job.started = job.created + std::min(pending + queued, takes);
}

void set_particulars(Job& job, const JobPlan& plan) {
  const bool completes = job.source == Source::Collection && plan.end == End::Completed;
  job.partial = completes && plan.partial.value_or(draws_for(job, "partial").one_in(4));
  job.closed = plan.closed;
  job.error = plan.error.value_or(std::string(kUsualError));
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

Look look_at_work(const Job& job, VirtualTime now) {
  if (!has_status(job.source)) return Look::InProgress;
  if (now < job.queued) return Look::Pending;
  return now < job.started ? Look::Queued : Look::Running;
}

bool is_over(Look look) {
  return look == Look::Completed || look == Look::Failed || look == Look::Cancelled ||
         look == Look::Expired || look == Look::Gone;
}

}  // namespace

Millis draw(const Span& span, Draws& draws) {
  const auto width = static_cast<std::uint64_t>((span.most - span.least).count()) + 1;
  return span.least + Millis(static_cast<Millis::rep>(draws.below(width)));
}

Draws draws_for(const Job& job, std::string_view what) {
  return Draws(seed_for(job.seed, what));
}

Job make_job(const JobPlan& plan, VirtualTime created, const Origin& origin, Draws& draws) {
  Job job;
  job.id = object_id(created, draws);
  job.cluster_id = origin.cluster_id;
  job.source = origin.source;
  job.snapshot_taken = created - std::chrono::hours(1 + draws.below(24));
  job.snapshot_id = object_id(job.snapshot_taken, draws);
  job.delivery = plan.delivery.value_or(usual_delivery(origin.source, plan.end));
  job.end = plan.end;
  set_target(job, plan, origin);
  job.created = created;
  const Millis takes = draw(plan.takes, draws);
  if (plan.end != End::Never) job.settled = created + takes;
  if (const auto life = link_life(plan, job)) job.link_dies = created + takes + *life;
  job.seed = draws.next();
  set_phases(job, plan, takes);
  set_particulars(job, plan);
  return job;
}

std::string_view word(Look look) {
  switch (look) {
    case Look::NotYet:
      return "not_yet";
    case Look::Pending:
      return "pending";
    case Look::Queued:
      return "queued";
    case Look::Running:
      return "running";
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
  if (!job.settled || now < *job.settled) return look_at_work(job, now);
  if (job.link_dies && now < *job.link_dies) return Look::Ready;
  return last_look(job.end);
}

Look last_shown_look(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  return look == Look::Gone ? look_at_work(job, *job.settled - Millis(1)) : look;
}

bool has_vanished(const Job& job, VirtualTime now) {
  return job.end == End::Vanishes && now >= *job.settled;
}

std::optional<VirtualTime> ended_at(const Job& job, VirtualTime now) {
  if (!is_over(look_at(job, now))) return std::nullopt;
  return job.link_dies ? job.link_dies : job.settled;
}

std::optional<VirtualTime> told_finish(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  const bool may_lack_it = look == Look::Failed || look == Look::Cancelled;
  if (look != Look::Completed && !may_lack_it) return std::nullopt;
  if (may_lack_it && draws_for(job, "finish").one_in(2)) return std::nullopt;
  return ended_at(job, now);
}

std::optional<VirtualTime> told_expiry(const Job& job, VirtualTime now) {
  if (job.source == Source::Flex) return job.created + kFlexExpiry;
  if (job.source == Source::Tenant) return job.created + kTenantExpiry;
  if (job.source == Source::Serverless && job.delivery != Delivery::Download) {
    return look_at(job, now) == Look::Expired ? *job.settled : job.created + kServerlessExpiry;
  }
  if (!job.link_dies || now < *job.settled) return std::nullopt;
  return job.link_dies;
}

bool has_link(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  const bool by_status = has_status(job.source) && job.delivery == Delivery::Download;
  return look == Look::Ready || (by_status && look == Look::Completed);
}

std::optional<Look> outcome_of(const Job& job, VirtualTime now) {
  const Look look = look_at(job, now);
  if (look == Look::Gone || (!is_over(look) && look != Look::Ready)) return std::nullopt;
  return job.link_dies ? Look::Completed : look;
}

}  // namespace atlas_simulator
