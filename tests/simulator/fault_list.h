#pragma once

#include <optional>
#include <string_view>
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

  /// What a request is, as far as faults tell requests apart.
  struct Subject {
    RequestKind path;
    std::optional<Source> source{};
    const Project* project = nullptr;  // null and empty where the request names none
    std::string_view cluster{};
  };

  /// The oldest fault that matches, if any; it is used up by one request.
  std::optional<Fault> take(const Subject& subject, VirtualTime now);

 private:
  struct Armed {
    Fault fault;
    VirtualTime base;
  };

  std::vector<Armed> armed_;
};

}  // namespace atlas_simulator
