#pragma once

#include <optional>

#include "http/findings.h"
#include "http/query_text.h"

namespace restorewatch {

/// Which clusters are asked for: by name, and by what is found of them.
struct ClusterFilter {
  /// Besides the findings themselves.
  enum class State { Any, Wrong, Ok };  // wrong: anything that should not be as it is

  NameFilter names;
  State state = State::Any;
  std::optional<Finding> finding;

  bool picks(const ClusterRow& row) const;
  bool picks(const ClusterState& judged) const;
};

NameFilter name_filter_of(const Parameters& parameters);

/// Errors: BadConfig, for a state that is none.
Result<ClusterFilter> cluster_filter_of(const Parameters& parameters);

}  // namespace restorewatch
