#include "report/observation.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

/// Stands for "before the journal's beginning".
constexpr WallTime kBefore{};

bool goes_on(const std::vector<Span>& spans) {
  return !spans.empty() && !spans.back().to;
}

void begin(std::vector<Span>& spans, WallTime at) {
  if (!goes_on(spans)) spans.push_back({at});
}

void end(std::vector<Span>& spans, WallTime at) {
  if (goes_on(spans)) spans.back().to = at;
}

void begin_at(std::vector<Span>& spans, WallTime evidence_from) {
  for (Span& span : spans) {
    if (span.from == kBefore) span.from = evidence_from;
  }
}

}  // namespace

std::string_view label(GapKind kind) {
  constexpr std::array<std::string_view, 7> kLabels{
      "before_store", "cut_by_retention", "stopped", "killed", "silent", "blind", "not_watched"};
  return kLabels.at(static_cast<std::size_t>(kind));
}

void Observation::learn(const JournalEntry& entry, std::optional<ClusterBook::Place> cluster) {
  const Note* const note = entry.note();
  if (note != nullptr) {
    learn_run(*note);
    learn_rules(*note);
    if (note->target && cluster) learn_target(*note, watches_[{*cluster, note->target->source}]);
  }
  const WallTime at = time_of(entry);
  if (!first_entry_at_) first_entry_at_ = at;
  last_entry_at_ = at;
}

void Observation::learn_run(const Note& note) {
  if (note.kind == NoteKind::StoreCreated) {
    store_created_at_ = note.at;
  } else if (note.kind == NoteKind::DaemonStopped) {
    stopped_at_ = note.at;
    has_run_ = true;
  } else if (note.kind == NoteKind::DaemonStarted) {
    if (stopped_at_) {
      not_running_.push_back({GapKind::Stopped, {*stopped_at_, note.at}});
    } else if (has_run_ && last_entry_at_) {
      not_running_.push_back({GapKind::Killed, {*last_entry_at_, note.at}});
    }
    stopped_at_.reset();
    has_run_ = true;
  }
}

/// A run begins without rules; those that it has are told at the same moment.
void Observation::learn_rules(const Note& note) {
  const bool tells = note.kind == NoteKind::RulesInForce;
  if (!tells && note.kind != NoteKind::DaemonStarted) return;
  if (!rules_.empty() && rules_.back().from == note.at) rules_.pop_back();
  const std::string rules = tells ? note.detail : "";
  const std::string before = rules_.empty() ? "" : rules_.back().rules;
  if (rules != before) rules_.push_back({note.at, rules});
}

void Observation::learn_target(const Note& note, Watch& watch) const {
  const bool is_first = watch.watched.empty();
  if (note.kind != NoteKind::TargetAdded && is_first) begin(watch.watched, kBefore);
  switch (note.kind) {
    case NoteKind::TargetAdded:
      begin(watch.watched, note.at);
      break;
    case NoteKind::TargetRemoved:
      end(watch.blind, note.at);
      end(watch.watched, note.at);
      break;
    case NoteKind::TargetBlind:  // it had not been seen for a while by then
      begin(watch.blind, std::max(note.at - stale_after_, watch.watched.back().from));
      break;
    case NoteKind::TargetVisible:
      if (is_first) begin(watch.blind, kBefore);
      end(watch.blind, note.at);
      break;
    case NoteKind::StoreCreated:
    case NoteKind::DaemonStarted:
    case NoteKind::DaemonStopped:
    case NoteKind::ConfigurationLoaded:
    case NoteKind::RetentionRun:
    case NoteKind::HeadAnnounced:
    case NoteKind::StoreUpgraded:
    case NoteKind::RulesInForce:
      break;
  }
}

void Observation::settle(
    const std::vector<std::pair<PopulationMember, ClusterBook::Place>>& population,
    WallTime evidence_from) {
  for (const auto& [member, place] : population) {
    Watch& watch = watches_[{place, member.target.source}];
    if (!watch.watched.empty()) continue;
    begin(watch.watched, kBefore);
    if (member.blind) begin(watch.blind, kBefore);
  }
  for (auto& [eye, watch] : watches_) {
    begin_at(watch.watched, evidence_from);
    begin_at(watch.blind, evidence_from);
  }
}

void Observation::settle_beginnings(const std::map<Eye, WallTime>& first_reads) {
  for (auto& [eye, watch] : watches_) {
    if (watch.watched.empty()) continue;
    const auto read = first_reads.find(eye);
    if (read == first_reads.end()) {
      watch.blind = watch.watched;
    } else if (!watch.blind.empty() && watch.blind.front().from < read->second) {
      watch.blind.front().from = watch.watched.front().from;
    }
  }
}

std::vector<Span> Observation::watched(ClusterBook::Place cluster) const {
  std::vector<Span> all;
  for (auto watch = watches_.lower_bound({cluster, Source{}});
       watch != watches_.end() && watch->first.first == cluster; ++watch) {
    all.insert(all.end(), watch->second.watched.begin(), watch->second.watched.end());
  }
  return all;
}

std::vector<Gap> Observation::blind(ClusterBook::Place cluster) const {
  std::vector<Gap> all;
  for (auto watch = watches_.lower_bound({cluster, Source{}});
       watch != watches_.end() && watch->first.first == cluster; ++watch) {
    for (const Span& span : watch->second.blind) {
      all.push_back({GapKind::Blind, span, cluster, watch->first.second});
    }
  }
  return all;
}

}  // namespace restorewatch
