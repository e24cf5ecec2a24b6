#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "jobs/object_id.h"
#include "jobs/words.h"

namespace restorewatch {

using Tags = std::map<std::string, std::string>;

/// A cluster as discovery or the configuration knows it. Its identity is `id` where that is known,
/// else its name: a name that is used again for a new cluster inherits nothing.
struct Cluster {
  std::string name;            // unique in its project, but for deleted ones
  std::optional<ObjectId> id;  // absent: nobody but the configuration has named it yet
  Tier tier = Tier::Dedicated;
  ApiGeneration api = ApiGeneration::V2;
  std::optional<WallTime> created_at;
  std::optional<bool> backup_enabled;  // absent: not known
  bool paused = false;
  bool deleted = false;  // only its backups are left
  Tags tags;

  bool operator==(const Cluster&) const = default;
};

/// A source through which a cluster is looked at.
struct WatchedSource {
  Source source = Source::Dedicated;
  /// Since the cluster came into the inventory, and it came later than its project: whatever jobs
  /// it has are news. Not so where only the configuration or a role has changed.
  bool from_the_start = false;

  bool operator==(const WatchedSource&) const = default;
};

/// A project as discovery or the configuration knows it. Its identity is the id; it may be renamed.
struct Project {
  ProjectId id;
  std::string name;  // the id where nobody has said a name
  Tags tags;

  bool operator==(const Project&) const = default;
};

}  // namespace restorewatch
