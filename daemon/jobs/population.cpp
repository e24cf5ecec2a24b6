#include "jobs/population.h"

#include <set>
#include <utility>

namespace restorewatch {

Population::Population(std::span<const PopulationMember> members) {
  for (const PopulationMember& member : members) add(member);
}

std::vector<Note> Population::news(std::span<const std::shared_ptr<const TargetView>> present,
                                   WallTime at) const {
  std::set<Place> there;
  std::vector<Note> news;
  for (const auto& view : present) {
    if (!view->polled) continue;
    const Target& target = view->target;
    const auto place = find(target.key);
    const bool was_blind = place && members_.at(*place).blind;
    if (place) there.insert(*place);
    const auto add = [&](NoteKind kind) {
      news.push_back({kind, at, target.key, target.project_name, {}});
    };
    if (!place) add(NoteKind::TargetAdded);
    if (view->sight == Sight::Blind && !was_blind) add(NoteKind::TargetBlind);
    if (view->sight == Sight::Visible && was_blind) add(NoteKind::TargetVisible);
  }
  std::vector<Note> all;
  for (const auto& [place, member] : members_) {
    if (!there.contains(place)) all.push_back({NoteKind::TargetRemoved, at, member.target, {}, {}});
  }
  std::ranges::move(news, std::back_inserter(all));
  return all;
}

void Population::apply(const Note& note) {
  if (!note.target) return;
  if (const auto place = find(*note.target)) {
    const TargetKey& key = members_.at(*place).target;
    const auto named = by_name_.equal_range({key.project_id, key.source, key.cluster_name});
    for (auto entry = named.first; entry != named.second;) {
      entry = entry->second == *place ? by_name_.erase(entry) : std::next(entry);
    }
    if (key.cluster_id) by_id_.erase({key.project_id, key.source, *key.cluster_id});
    members_.erase(*place);
  }
  if (note.kind == NoteKind::TargetRemoved) return;
  add({*note.target, note.kind == NoteKind::TargetBlind});
}

std::vector<PopulationMember> Population::members() const {
  std::vector<PopulationMember> members;
  members.reserve(members_.size());
  for (const auto& [place, member] : members_) members.push_back(member);
  return members;
}

void Population::add(const PopulationMember& member) {
  const TargetKey& key = member.target;
  const Place place = next_++;
  members_.emplace(place, member);
  by_name_.emplace(Name{key.project_id, key.source, key.cluster_name}, place);
  if (key.cluster_id) by_id_[{key.project_id, key.source, *key.cluster_id}] = place;
}

std::optional<Population::Place> Population::find(const TargetKey& key) const {
  if (key.cluster_id) {
    const auto found = by_id_.find({key.project_id, key.source, *key.cluster_id});
    if (found != by_id_.end()) return found->second;
  }
  const auto named = by_name_.equal_range({key.project_id, key.source, key.cluster_name});
  for (auto entry = named.first; entry != named.second; ++entry) {
    if (same_target(members_.at(entry->second).target, key)) return entry->second;
  }
  return std::nullopt;
}

}  // namespace restorewatch
