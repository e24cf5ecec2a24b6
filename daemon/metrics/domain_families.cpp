#include "metrics/domain_families.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <limits>
#include <map>
#include <set>

#include "jobs/sources.h"
#include "metrics/cluster_groups.h"
#include "metrics/filling.h"
#include "metrics/job_families.h"
#include "metrics/visibility_families.h"

namespace restorewatch {
namespace {

/// The metrics of one page, a family at a time.
class DomainPage {
 public:
  explicit DomainPage(const Snapshot& snapshot)
      : snapshot_(snapshot), clusters_(group_by_cluster(snapshot)) {}

  std::vector<Family> write() && {
    write_present();
    write_last_successes();
    write_last_failures();
    write_counters();
    write_fleet_totals();
    write_durations();
    append_visibility_families(snapshot_, clusters_, families_);
    std::vector<Family> all(std::make_move_iterator(families_.begin()),
                            std::make_move_iterator(families_.end()));
    append_job_families(snapshot_, all);
    return all;
  }

 private:
  Filling gauge(std::string_view name, std::string help) {
    return restorewatch::gauge(families_, name, std::move(help));
  }
  Filling counter(std::string_view name, std::string help) {
    return restorewatch::counter(families_, name, std::move(help));
  }

  /// What is going on now; withheld for a cluster of which a source is blind for too long.
  void write_present() {
    Filling jobs = gauge("jobs", "Restore jobs known, by state.");
    for (const ClusterGroup& cluster : clusters_) {
      if (!cluster.shows_present()) continue;
      for (const TargetView* target : cluster.targets) {
        if (!target->polled) continue;
        const Source source = target->target.key.source;
        const Labels labels = Labels(cluster.labels).add("source", label(source));
        const auto shown = facts_of(source).states;
        for (std::size_t i = 0; i < kJobStateCount; ++i) {
          const std::uint64_t count = target->summary.jobs[i];
          const bool usual = std::ranges::find(shown, static_cast<JobState>(i)) != shown.end();
          if (count == 0 && !usual) continue;
          jobs.add(with(labels, "state", label(static_cast<JobState>(i))), count);
        }
      }
    }
    Filling oldest = gauge("oldest_active_requested_timestamp_seconds",
                           "When the oldest job that is still active was requested.");
    for (const ClusterGroup& cluster : clusters_) {
      if (cluster.shows_present())
        oldest.add(cluster.labels.text(), cluster.summary.oldest_active_requested_at);
    }
    Filling links = gauge("download_links_active", "Downloads whose link works.");
    for (const ClusterGroup& cluster : clusters_) {
      if (cluster.shows_present()) links.add(cluster.labels.text(), cluster.summary.links_active);
    }
    Filling expiry = gauge("download_link_expiry_timestamp_seconds",
                           "When the first of the working download links expires.");
    for (const ClusterGroup& cluster : clusters_) {
      if (cluster.shows_present())
        expiry.add(cluster.labels.text(), cluster.summary.link_expires_at);
    }
  }

  /// One gauge with a value for each delivery that ever succeeded.
  template <typename Member>
  void write_last_success(std::string_view name, std::string help, Member LastSuccess::*member) {
    Filling family = gauge(name, std::move(help));
    for (const ClusterGroup& cluster : clusters_) {
      for (std::size_t i = 0; i < kDeliveryCount; ++i) {
        const auto& last = cluster.summary.last_success[i];
        if (!last) continue;
        family.add(with(cluster.labels, "delivery", label(static_cast<Delivery>(i))),
                   std::optional((*last).*member));
      }
    }
  }

  void write_last_successes() {
    write_last_success("last_success_timestamp_seconds",
                       "When the last job that completed ended (a download: was ready).",
                       &LastSuccess::ended_at);
    write_last_success("last_success_requested_timestamp_seconds",
                       "When the last job that completed was requested.",
                       &LastSuccess::requested_at);
    write_last_success("last_success_duration_seconds",
                       "From request to end of the last job that completed, where finishedAt says.",
                       &LastSuccess::duration);
    write_last_success("last_success_recovery_point_timestamp_seconds",
                       "The moment that the data of the last completed job stands at.",
                       &LastSuccess::recovery_point);
    Filling drills = gauge("last_drill_success_timestamp_seconds",
                           "When the last restore that counts as a drill completed.");
    for (const ClusterGroup& cluster : clusters_) {
      drills.add(cluster.labels.text(), cluster.summary.last_drill_success_at);
    }
  }

  void write_last_failures() {
    Filling ended = gauge("last_failure_timestamp_seconds", "When the last job that failed ended.");
    each_last_failure([&](std::string labels, const LastFailure& failure) {
      ended.add(std::move(labels), std::optional(failure.ended_at));
    });
    Filling observed =
        gauge("last_failure_observed_timestamp_seconds",
              "When the last failure was seen and committed; never set by what was there before "
              "watching began. Alert on this one.");
    each_last_failure([&](std::string labels, const LastFailure& failure) {
      observed.add(std::move(labels), failure.observed_at);
    });
  }

  template <typename Add>
  void each_last_failure(const Add& add) const {
    for (const ClusterGroup& cluster : clusters_) {
      for (std::size_t i = 0; i < kKindCount; ++i) {
        const auto& last = cluster.summary.last_failure[i];
        if (last) add(with(cluster.labels, "kind", label(static_cast<Kind>(i))), *last);
      }
    }
  }

  void write_counters() {
    Filling requested = counter("jobs_requested_total",
                                "Jobs requested since watching began, by where the data goes.");
    for (const ClusterGroup& cluster : clusters_) {
      for (std::size_t i = 0; i < kScopeCount; ++i) {
        requested.add(with(cluster.labels, "scope", label(static_cast<Scope>(i))),
                      cluster.counters.requested[i]);
      }
    }
    Filling finished =
        counter("jobs_finished_total", "Jobs whose outcome was seen since watching began.");
    for (const ClusterGroup& cluster : clusters_) {
      for (std::size_t kind = 0; kind < kKindCount; ++kind) {
        const Labels labels = Labels(cluster.labels).add("kind", label(static_cast<Kind>(kind)));
        for (std::size_t i = 0; i < kOutcomeCount; ++i) {
          finished.add(with(labels, "outcome", label(static_cast<Outcome>(i))),
                       cluster.counters.finished[kind][i]);
        }
      }
    }
  }

  void write_fleet_totals() {
    auto steps = snapshot_.totals.transitions;
    add_usual_steps(steps);
    Filling transitions = counter("transitions_total", "State transitions committed.");
    for (const auto& [pair, total] : steps) {
      transitions.add(Labels()
                          .add("source", label(pair.source))
                          .add("from", pair.from ? label(*pair.from) : "none")
                          .add("to", label(pair.to))
                          .text(),
                      total);
    }
    Filling missed =
        counter("missed_transitions_total", "Jobs first seen when they had already ended.");
    for (const auto& [project, labels] : project_labels(snapshot_)) {
      const auto total = snapshot_.totals.missed.find(project);
      missed.add(labels.text(), total == snapshot_.totals.missed.end() ? 0 : total->second);
    }
  }

  /// Born at 0, so that the first of its sort is an increase that rate() can see; of the sources
  /// that are watched.
  void add_usual_steps(std::map<TransitionPair, std::uint64_t>& steps) const {
    std::set<Source> sources;
    for (const auto& view : snapshot_.targets) {
      if (view->polled) sources.insert(view->target.key.source);
    }
    for (const Source source : sources) {
      for (const Step& step : facts_of(source).usual_steps) {
        steps.try_emplace({source, step.from, step.to}, 0);
      }
    }
  }

  void write_durations() {
    Family family{"mongodbatlas_restore_duration_seconds",
                  "From request to end of completed jobs, where finishedAt says.",
                  "histogram",
                  {}};
    for (std::size_t i = 0; i < kKindCount; ++i) {
      Series series{Labels().add("kind", label(static_cast<Kind>(i))).text()};
      series.histogram = cumulative(snapshot_.totals.durations[i]);
      family.series.push_back(std::move(series));
    }
    families_.push_back(std::move(family));
  }

  static std::shared_ptr<const HistogramValue> cumulative(const DurationHistogram& histogram) {
    auto value = std::make_shared<HistogramValue>();
    for (std::size_t i = 0; i < histogram.buckets.size(); ++i) {
      value->count += static_cast<double>(histogram.buckets[i]);
      const double bound = i < kDurationBounds.size() ? in_seconds(kDurationBounds[i])
                                                      : std::numeric_limits<double>::infinity();
      value->buckets.emplace_back(bound, value->count);
    }
    value->sum = static_cast<double>(histogram.sum_ms) / 1000.0;
    return value;
  }

  const Snapshot& snapshot_;
  std::vector<ClusterGroup> clusters_;
  std::deque<Family> families_;  // its elements stay where they are while it grows
};

}  // namespace

std::vector<Family> domain_families(const Snapshot& snapshot) {
  return DomainPage(snapshot).write();
}

}  // namespace restorewatch
