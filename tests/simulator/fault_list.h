#pragma once

#include <optional>
#include <vector>

#include "simulator/fault.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// The faults in force. Not thread-safe.
class FaultList {
 public:
  /// `fault`'s offsets count from `base`.
  void add(const Fault& fault, VirtualTime base);

  void clear() { armed_.clear(); }

  /// The oldest fault that matches, if any; it is used up by one request. `project` may be null
  /// and `cluster` empty where the request names none.
  std::optional<Fault> take(RequestKind path, const Project* project, std::string_view cluster,
                            VirtualTime now);

 private:
  struct Armed {
    Fault fault;
    VirtualTime base;
  };

  std::vector<Armed> armed_;
};

}  // namespace atlas_simulator
