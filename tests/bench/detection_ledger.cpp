#include "bench/detection_ledger.h"

#include <algorithm>

namespace restorewatch::testing_fleet {
namespace {

Place place_of_a_new_job(Source source, bool beside_another) {
  if (source == Source::Collection) return Place::Collection;
  return beside_another ? Place::Beside : Place::Idle;
}

}  // namespace

void DetectionLedger::set_apart(std::uint32_t project, const FleetWorld& world) {
  apart_filter_ = [project, &world](TargetNumber target) {
    return world.project_of(target) == project;
  };
}

void DetectionLedger::began(TargetNumber target, const JobId& id, const WorldJob& job) {
  open_.emplace(id, Truth{target, job.requested_at, job.ended_at, known_active_[target] > 0});
}

void DetectionLedger::committed(std::span<const Transition> transitions, WallTime at) {
  for (const Transition& transition : transitions) note(transition, at);
}

void DetectionLedger::note(const Transition& transition, WallTime at) {
  const auto found = open_.find(transition.job.id);
  if (found == open_.end()) {
    ++period_.unexpected;
    return;
  }
  Truth& truth = found->second;
  const bool first = !transition.from.has_value();
  const bool over = is_ended(transition.to);
  if (first == truth.seen) ++period_of(truth.target).unexpected;
  if (first) begins(truth, transition.target.source, at);
  if (!over) return;
  if (first) ++period_of(truth.target).missed;
  ends(truth, transition.target.source, at);
  open_.erase(found);
}

void DetectionLedger::begins(Truth& truth, Source source, WallTime at) {
  truth.seen = true;
  truth.seen_at = at;
  ++known_active_[truth.target];
  add(truth, place_of_a_new_job(source, truth.beside_another), truth.requested_at, at);
}

void DetectionLedger::ends(Truth& truth, Source source, WallTime at) {
  const bool known = truth.seen_at <= truth.ended_at;
  --known_active_[truth.target];
  const Place unknown = place_of_a_new_job(source, truth.beside_another);
  add(truth, known ? Place::Active : unknown, truth.ended_at, at);
}

void DetectionLedger::add(const Truth& truth, Place place, WallTime happened, WallTime at) {
  auto& latencies = period_of(truth.target).latencies;
  latencies[static_cast<std::size_t>(place)].add(std::max(at - happened, WallTime::duration(0)));
}

std::uint64_t DetectionLedger::undetected(WallTime before) const {
  std::uint64_t undetected = 0;
  for (const auto& [id, truth] : open_) {
    if (!truth.seen && truth.requested_at < before) ++undetected;
    if (truth.ended_at < before) ++undetected;
  }
  return undetected;
}

}  // namespace restorewatch::testing_fleet
