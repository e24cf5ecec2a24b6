#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "jobs/note.h"
#include "jobs/population_store.h"
#include "jobs/snapshot.h"

namespace restorewatch {

/// What the journal says is watched. Which targets are the same says same_target().
class Population {
 public:
  explicit Population(std::span<const PopulationMember> members = {});

  /// The notes that turn it into what `present` shows: removals first, then in the order of
  /// `present`, of which only what is polled counts. A target that has become known by its id, or
  /// has a new name, is the same one.
  std::vector<Note> news(std::span<const std::shared_ptr<const TargetView>> present,
                         WallTime at) const;

  /// Makes it what the note says; one that is about no target changes nothing.
  void apply(const Note& note);

  std::vector<PopulationMember> members() const;

 private:
  using Place = std::uint64_t;
  using Name = std::tuple<ProjectId, Source, std::string>;
  using Id = std::tuple<ProjectId, Source, ObjectId>;

  void add(const PopulationMember& member);
  std::optional<Place> find(const TargetKey& key) const;

  std::map<Place, PopulationMember> members_;
  std::multimap<Name, Place> by_name_;
  std::map<Id, Place> by_id_;
  Place next_ = 0;
};

}  // namespace restorewatch
