#include "report/reconciliation.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "jobs/matcher.h"

namespace restorewatch {
namespace {

Objectives objectives_of(const ObjectiveRules& rules, const ClusterBook::Entry& cluster) {
  const Project project{cluster.project_id, cluster.project_name, cluster.project_tags};
  return objectives_of(rules, project, cluster.known);
}

bool touches(const Span& span, const Period& period) {
  return !within(period, {span}).empty();
}

std::optional<WallTime> blind_since(const std::vector<Gap>& blind, WallTime at) {
  std::optional<WallTime> since;
  for (const Gap& gap : blind) {
    const bool is_open = gap.span.from < at && (!gap.span.to || *gap.span.to >= at);
    if (is_open) since = std::min(since.value_or(gap.span.from), gap.span.from);
  }
  return since;
}

std::vector<RulesChange> in_force(const std::vector<RulesChange>& all, const Period& period) {
  std::vector<RulesChange> rules;
  for (const RulesChange& change : all) {
    if (change.from >= period.until) break;
    if (change.from <= period.since) rules.clear();
    rules.push_back(change);
  }
  return rules;
}

}  // namespace

/// What is known already keeps the name that the journal gave it last.
ClusterBook::Place Reconciliation::place_of(const TargetKey& target) {
  const auto known = book_.find(target);
  return known ? *known : book_.see(target, {});
}

void Reconciliation::learn(const JournalEntry& entry) {
  std::optional<ClusterBook::Place> place;
  if (const Transition* const step = entry.transition()) {
    place = book_.see(step->target, step->project_name);
  } else if (const Note* const note = entry.note(); note != nullptr && note->target) {
    place = book_.see(*note->target, note->project_name);
  }
  observation_.learn(entry, place);
}

void Reconciliation::settle(const StoreFacts& facts, WallTime now) {
  forgotten_before_ = facts.forgotten_before;
  evidence_.since = observation_.store_created_at().value_or(
      facts.forgotten_before.value_or(observation_.first_entry_at().value_or(now)));
  const WallTime last_sign = std::max(observation_.last_entry_at().value_or(evidence_.since),
                                      facts.last_looked_at.value_or(evidence_.since));
  evidence_.until = std::min(now, observation_.stopped_at().value_or(last_sign));
  std::vector<std::pair<PopulationMember, ClusterBook::Place>> population;
  for (const PopulationMember& member : facts.population) {
    population.emplace_back(member, place_of(member.target));
  }
  observation_.settle(population, evidence_.since);
  std::map<Observation::Eye, WallTime> first_reads;
  for (const auto& [target, at] : facts.first_reads) {
    const Observation::Eye eye{place_of(target), target.source};
    const auto known = first_reads.try_emplace(eye, at).first;  // it may have had another name
    known->second = std::min(known->second, at);
  }
  observation_.settle_beginnings(first_reads);
  book_.see(facts.inventory);
}

void Reconciliation::count(const JobEvidence& job) {
  const auto place = place_of(job.target);
  if (tallies_.size() <= place) tallies_.resize(place + 1);
  tallies_[place].count(job, row(job), options_.period);
}

std::optional<ReportRow> Reconciliation::row(const JobEvidence& job) const {
  const Period& period = options_.period;
  const bool was_going_on =
      job.job.requested_at < period.until && (!job.ended_at || *job.ended_at >= period.since);
  const auto place = book_.find(job.target);
  if (!was_going_on || !place || !is_asked_for(book_.at(*place))) return std::nullopt;
  const ClusterBook::Entry& cluster = book_.at(*place);
  ReportRow row{job, cluster.project_name, cluster.name};
  row.ended_in_period = job.outcome && job.ended_at && *job.ended_at < period.until;
  judge(cluster, row);
  return row;
}

/// A download proves nothing about restoring, and how long a restore took that did not complete
/// says nothing, unless it goes on for too long already.
void Reconciliation::judge(const ClusterBook::Entry& cluster, ReportRow& row) const {
  if (!restores(row.job.job.delivery)) return;
  const Objectives held_to = objectives_of(options_.objectives, cluster);
  if (held_to.restore_duration) {
    if (const auto duration = row.job.duration()) {
      row.duration_met = *duration <= *held_to.restore_duration;
    } else if (!row.job.ended_at) {
      const WallTime seen_until = std::min(evidence_.until, options_.period.until);
      const bool too_long = seen_until - row.job.job.requested_at > *held_to.restore_duration;
      if (too_long) row.duration_met = false;
    }
  }
  const bool completed = row.job.outcome == Outcome::Completed;
  const auto age = completed ? row.job.recovery_point_age() : std::nullopt;
  if (age && held_to.recovery_point) row.recovery_point_met = *age <= *held_to.recovery_point;
}

bool Reconciliation::is_asked_for(const ClusterBook::Entry& cluster) const {
  const auto& project = options_.project;
  const auto& name = options_.cluster;
  return (!project || glob_matches(*project, cluster.project_name) ||
          glob_matches(*project, to_string(cluster.project_id))) &&
         (!name || glob_matches(*name, cluster.name));
}

std::vector<Gap> Reconciliation::gaps_of_all() const {
  std::vector<Gap> gaps = observation_.not_running();
  const WallTime begins = evidence_.since;
  if (options_.period.since < begins) {
    const bool was_cut = !observation_.store_created_at() && forgotten_before_;
    gaps.push_back(
        {was_cut ? GapKind::Cut : GapKind::BeforeStore, {options_.period.since, begins}});
  }
  if (const auto stopped = observation_.stopped_at()) {
    gaps.push_back({GapKind::Stopped, {*stopped}});
  } else if (options_.period.until - evidence_.until > options_.stale_after) {
    gaps.push_back({GapKind::Silent, {evidence_.until}});
  }
  return gaps;
}

ClusterSummary Reconciliation::summary_of(ClusterBook::Place place) const {
  const Period& period = options_.period;
  const Period known{std::max(period.since, evidence_.since),
                     std::min(period.until, evidence_.until)};
  ClusterSummary summary;
  summary.cluster = book_.at(place);
  summary.objectives = objectives_of(options_.objectives, summary.cluster);
  const std::vector<Span> watched = observation_.watched(place);
  summary.watched = within(period, watched);
  const WallTime end = known.until;
  summary.watched_at_end = std::ranges::any_of(
      watched, [&](const Span& span) { return span.from <= end && (!span.to || *span.to > end); });
  const std::vector<Gap> blind = observation_.blind(place);
  summary.blind_at_end = blind_since(blind, end).has_value();
  const std::vector<Gap> of_all = gaps_of_all();
  std::vector<Span> unseen;
  unseen.reserve(blind.size() + of_all.size());
  for (const Gap& gap : blind) unseen.push_back(gap.span);
  for (const Gap& gap : of_all) unseen.push_back(gap.span);
  summary.unseen = length(common(summary.watched, within(period, std::move(unseen))));
  const ClusterTally tally = place < tallies_.size() ? tallies_[place] : ClusterTally{};
  tally.put_into(summary, seen(place, summary), period);
  return summary;
}

/// When it was not watched any more, after it had been.
std::vector<Gap> Reconciliation::unwatched(ClusterBook::Place place) const {
  constexpr Period kAlways{WallTime::min(), WallTime::max()};
  std::vector<Gap> gaps;
  std::optional<WallTime> ended;
  for (const Span& span : within(kAlways, observation_.watched(place))) {
    if (ended) gaps.push_back({GapKind::NotWatched, {*ended, span.from}, place});
    ended = span.to;
  }
  if (ended && *ended != kAlways.until) gaps.push_back({GapKind::NotWatched, {*ended}, place});
  return gaps;
}

/// From its first being watched, perhaps before the period, to the last that was seen of it. What
/// is blind at the end may have been tested since.
std::optional<Period> Reconciliation::seen(ClusterBook::Place place,
                                           const ClusterSummary& summary) const {
  const std::vector<Span> watched = observation_.watched(place);
  if (watched.empty() || summary.watched.empty()) return std::nullopt;
  const WallTime known_until = std::min(options_.period.until, evidence_.until);
  const WallTime until = std::min(known_until, *summary.watched.back().to);
  const auto blind = blind_since(observation_.blind(place), until);
  const WallTime first = std::ranges::min(watched, {}, &Span::from).from;
  return Period{first, std::min(until, blind.value_or(until))};
}

bool Reconciliation::belongs(const ClusterSummary& summary, ClusterBook::Place place) const {
  if (!is_asked_for(summary.cluster)) return false;
  if (!summary.watched.empty()) return true;
  if (place < tallies_.size() && tallies_[place].has_rows()) return true;
  const auto& created = summary.cluster.known.created_at;
  return summary.cluster.in_inventory && (!created || *created < options_.period.until);
}

Report Reconciliation::report() const {
  Report report;
  report.asked = options_;
  report.provenance.store_created_at = observation_.store_created_at();
  report.provenance.forgotten_before = forgotten_before_;
  const Period& period = options_.period;
  report.evidence = {std::clamp(evidence_.since, period.since, period.until),
                     std::clamp(evidence_.until, period.since, period.until)};
  report.rules = in_force(observation_.rules(), period);
  std::vector<Gap> gaps = gaps_of_all();
  for (ClusterBook::Place place = 0; place < book_.size(); ++place) {
    ClusterSummary summary = summary_of(place);
    if (!belongs(summary, place)) continue;
    report.clusters.push_back(std::move(summary));
    std::ranges::move(observation_.blind(place), std::back_inserter(gaps));
    std::ranges::move(unwatched(place), std::back_inserter(gaps));
  }
  std::erase_if(gaps, [&](const Gap& gap) { return !touches(gap.span, period); });
  std::ranges::stable_sort(gaps, {}, [](const Gap& gap) { return gap.span.from; });
  for (const Gap& gap : gaps) {
    report.gap_clusters.push_back(gap.cluster ? book_.at(*gap.cluster) : ClusterBook::Entry{});
  }
  report.gaps = std::move(gaps);
  std::ranges::sort(report.clusters, {}, [](const ClusterSummary& summary) {
    return std::tie(summary.cluster.project_name, summary.cluster.project_id, summary.cluster.name,
                    summary.cluster.id);
  });
  return report;
}

}  // namespace restorewatch
