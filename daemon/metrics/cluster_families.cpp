#include "metrics/cluster_families.h"

#include <algorithm>

#include "jobs/sources.h"
#include "metrics/job_families.h"

namespace restorewatch {
namespace {

void add_jobs(const ClusterGroup& cluster, const TargetView& target, ClusterSeries& series) {
  const Source source = target.target.key.source;
  const Labels labels = Labels(cluster.labels).add("source", label(source));
  const auto shown = facts_of(source).states;
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    const auto state = static_cast<JobState>(i);
    const bool is_usual = std::ranges::find(shown, state) != shown.end();
    if (target.summary.jobs[i] == 0 && !is_usual) continue;
    series.add(ClusterFamily::Jobs, with(labels, "state", label(state)), target.summary.jobs[i]);
  }
}

/// What is going on now; withheld for a cluster of which a source is blind for too long.
void add_present(const ClusterGroup& cluster, ClusterSeries& series) {
  if (!cluster.shows_present()) return;
  for (const auto& target : cluster.targets) {
    if (target->polled) add_jobs(cluster, *target, series);
  }
  const std::string& labels = cluster.labels.text();
  series.add(ClusterFamily::OldestActive, labels, cluster.summary.oldest_active_requested_at);
  series.add(ClusterFamily::LinksActive, labels, cluster.summary.links_active);
  series.add(ClusterFamily::LinkExpiry, labels, cluster.summary.link_expires_at);
}

void add_last_successes(const ClusterGroup& cluster, ClusterSeries& series) {
  for (std::size_t i = 0; i < kDeliveryCount; ++i) {
    const auto& last = cluster.summary.last_success[i];
    if (!last) continue;
    const std::string labels = with(cluster.labels, "delivery", label(static_cast<Delivery>(i)));
    series.add(ClusterFamily::LastSuccess, labels, std::optional(last->ended_at));
    series.add(ClusterFamily::LastSuccessRequested, labels, std::optional(last->requested_at));
    series.add(ClusterFamily::LastSuccessDuration, labels, last->duration);
    series.add(ClusterFamily::LastSuccessRecoveryPoint, labels, last->recovery_point);
  }
  series.add(ClusterFamily::LastDrill, cluster.labels.text(),
             cluster.summary.last_drill_success_at);
}

void add_last_failures(const ClusterGroup& cluster, ClusterSeries& series) {
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const auto& last = cluster.summary.last_failure[i];
    if (!last) continue;
    const std::string labels = with(cluster.labels, "kind", label(static_cast<Kind>(i)));
    series.add(ClusterFamily::LastFailure, labels, std::optional(last->ended_at));
    series.add(ClusterFamily::LastFailureObserved, labels, last->observed_at);
  }
}

void add_counters(const ClusterGroup& cluster, ClusterSeries& series) {
  for (std::size_t i = 0; i < kScopeCount; ++i) {
    series.add(ClusterFamily::JobsRequested,
               with(cluster.labels, "scope", label(static_cast<Scope>(i))),
               cluster.counters.requested[i]);
  }
  for (std::size_t kind = 0; kind < kKindCount; ++kind) {
    const Labels labels = Labels(cluster.labels).add("kind", label(static_cast<Kind>(kind)));
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      series.add(ClusterFamily::JobsFinished,
                 with(labels, "outcome", label(static_cast<Outcome>(i))),
                 cluster.counters.finished[kind][i]);
    }
  }
}

void add_violations(const ClusterGroup& cluster, ClusterSeries& series) {
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) {
    const std::uint64_t count = cluster.counters.violations[i];
    if (count == 0 && !cluster.has_policies) continue;
    const std::string labels = with(cluster.labels, "rule", label(static_cast<PolicyRule>(i)));
    series.add(ClusterFamily::PolicyViolations, labels, count);
    series.add(ClusterFamily::LastViolationObserved, labels, cluster.last_violation_at[i]);
  }
}

/// How well the cluster can be seen.
void add_visibility(const ClusterGroup& cluster, ClusterSeries& series) {
  for (const auto& target : cluster.targets) {
    if (!target->polled) continue;
    const std::string labels = with(cluster.labels, "source", label(target->target.key.source));
    if (target->up) series.add(ClusterFamily::TargetUp, labels, *target->up ? 1.0 : 0.0);
    series.add(ClusterFamily::TargetLastSuccess, labels, target->last_success_at);
    series.add(ClusterFamily::TargetInterval, labels, in_seconds(target->effective_interval));
  }
}

}  // namespace

ClusterSeries series_of(const ClusterGroup& cluster) {
  ClusterSeries series;
  add_present(cluster, series);
  add_last_successes(cluster, series);
  add_last_failures(cluster, series);
  add_counters(cluster, series);
  add_violations(cluster, series);
  add_visibility(cluster, series);
  add_single_jobs(cluster, series);
  return series;
}

}  // namespace restorewatch
