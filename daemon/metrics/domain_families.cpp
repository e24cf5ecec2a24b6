#include "metrics/domain_families.h"

#include <array>
#include <deque>
#include <iterator>
#include <limits>
#include <map>
#include <span>

#include "metrics/cluster_groups.h"
#include "metrics/job_families.h"

namespace restorewatch {
namespace {

using Milliseconds = std::chrono::milliseconds;

double seconds(Milliseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

/// A family being filled; a time or duration that is absent adds no series.
class Filling {
 public:
  Filling(std::deque<Family>& families, std::string_view type, std::string name, std::string help) {
    families.push_back({std::move(name), std::move(help), type, {}});
    series_ = &families.back().series;
  }

  void add(std::string labels, double value) { series_->push_back({std::move(labels), value}); }
  void add(std::string labels, std::uint64_t value) {
    add(std::move(labels), static_cast<double>(value));
  }
  void add(std::string labels, std::optional<WallTime> time) {
    if (time) add(std::move(labels), unix_seconds(*time));
  }
  void add(std::string labels, std::optional<Milliseconds> duration) {
    if (duration) add(std::move(labels), seconds(*duration));
  }

 private:
  std::vector<Series>* series_;
};

std::string with(const Labels& labels, std::string_view name, std::string_view value) {
  return Labels(labels).add(name, value).text();
}

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
    write_visibility();
    std::vector<Family> all(std::make_move_iterator(families_.begin()),
                            std::make_move_iterator(families_.end()));
    append_job_families(snapshot_, all);
    return all;
  }

 private:
  Filling gauge(std::string name, std::string help) {
    return {families_, "gauge", "mongodbatlas_restore_" + std::move(name), std::move(help)};
  }
  Filling counter(std::string name, std::string help) {
    return {families_, "counter", "mongodbatlas_restore_" + std::move(name), std::move(help)};
  }

  /// What is going on now; withheld for a cluster of which a source is blind for too long.
  void write_present() {
    Filling jobs = gauge("jobs", "Restore jobs known, by state.");
    for (const ClusterGroup& cluster : clusters_) {
      if (cluster.present_unknown) continue;
      for (const TargetView* target : cluster.targets) {
        const Source source = target->target.key.source;
        const Labels labels = Labels(cluster.labels).add("source", label(source));
        const auto shown = states_shown_by(source);
        for (std::size_t i = 0; i < kJobStateCount; ++i) {
          const std::uint64_t count = target->summary.jobs[i];
          if (count == 0 && !shown[i]) continue;
          jobs.add(with(labels, "state", label(static_cast<JobState>(i))), count);
        }
      }
    }
    Filling oldest = gauge("oldest_active_requested_timestamp_seconds",
                           "When the oldest job that is still active was requested.");
    for (const ClusterGroup& cluster : clusters_) {
      if (!cluster.present_unknown)
        oldest.add(cluster.labels.text(), cluster.summary.oldest_active_requested_at);
    }
    Filling links = gauge("download_links_active", "Downloads whose link works.");
    for (const ClusterGroup& cluster : clusters_) {
      if (!cluster.present_unknown) links.add(cluster.labels.text(), cluster.summary.links_active);
    }
    Filling expiry = gauge("download_link_expiry_timestamp_seconds",
                           "When the first of the working download links expires.");
    for (const ClusterGroup& cluster : clusters_) {
      if (!cluster.present_unknown)
        expiry.add(cluster.labels.text(), cluster.summary.link_expires_at);
    }
  }

  /// One gauge with a value for each delivery that ever succeeded.
  template <typename Member>
  void write_last_success(std::string name, std::string help, Member LastSuccess::*member) {
    Filling family = gauge(std::move(name), std::move(help));
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
    for (const TransitionPair& usual : usual_steps()) steps.try_emplace(usual, 0);
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

  /// Born at 0, so that the first of its sort is an increase that rate() can see.
  static std::span<const TransitionPair> usual_steps() {
    using enum JobState;
    static constexpr std::array<TransitionPair, 12> kUsualSteps{{
        {Source::Dedicated, std::nullopt, InProgress},
        {Source::Dedicated, std::nullopt, Ready},
        {Source::Dedicated, std::nullopt, Completed},
        {Source::Dedicated, std::nullopt, Failed},
        {Source::Dedicated, std::nullopt, Cancelled},
        {Source::Dedicated, std::nullopt, Expired},
        {Source::Dedicated, InProgress, Completed},
        {Source::Dedicated, InProgress, Failed},
        {Source::Dedicated, InProgress, Cancelled},
        {Source::Dedicated, InProgress, Ready},
        {Source::Dedicated, InProgress, Lost},
        {Source::Dedicated, Ready, Expired},
    }};
    return kUsualSteps;
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
      const double bound = i < kDurationBounds.size() ? seconds(kDurationBounds[i])
                                                      : std::numeric_limits<double>::infinity();
      value->buckets.emplace_back(bound, value->count);
    }
    value->sum = static_cast<double>(histogram.sum_ms) / 1000.0;
    return value;
  }

  void write_visibility() {
    Filling up = gauge("target_up", "Whether the last look at the target succeeded.");
    each_target([&](std::string labels, const TargetView& target) {
      if (target.up) up.add(std::move(labels), *target.up ? 1.0 : 0.0);
    });
    Filling looked = gauge("target_last_poll_success_timestamp_seconds",
                           "When the last look at the target that succeeded began.");
    each_target([&](std::string labels, const TargetView& target) {
      looked.add(std::move(labels), target.last_success_at);
    });
    Filling interval =
        gauge("target_effective_interval_seconds", "How often the target can be looked at.");
    each_target([&](std::string labels, const TargetView& target) {
      interval.add(std::move(labels), seconds(target.effective_interval));
    });
    std::map<ProjectId, bool> projects;  // only those of which something was looked at
    each_target([&](const std::string&, const TargetView& target) {
      if (target.up) projects[target.target.key.project_id] |= *target.up;
    });
    Filling project_up = gauge("project_up", "Whether any target of the project can be seen.");
    for (const auto& [project, labels] : project_labels(snapshot_)) {
      const auto seen = projects.find(project);
      if (seen != projects.end()) project_up.add(labels.text(), seen->second ? 1.0 : 0.0);
    }
  }

  template <typename Add>
  void each_target(const Add& add) const {
    for (const ClusterGroup& cluster : clusters_) {
      for (const TargetView* target : cluster.targets) {
        add(with(cluster.labels, "source", label(target->target.key.source)), *target);
      }
    }
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
