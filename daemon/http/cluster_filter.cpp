#include "http/cluster_filter.h"

namespace restorewatch {
namespace {

std::string value_of(const Parameters& parameters, std::string_view name) {
  const std::string* const value = find(parameters, name);
  return value == nullptr ? "" : *value;
}

Error unknown_state() {
  std::string words = "state: must be ok, wrong";
  for (std::size_t i = 0; i < kFindingCount; ++i) {
    words += i + 1 == kFindingCount ? " or " : ", ";
    words += label(static_cast<Finding>(i));
  }
  return {ErrorKind::BadConfig, words};
}

}  // namespace

bool ClusterFilter::picks(const ClusterRow& row) const {
  return names.picks_all() || names.picks(row.project_id(), row.project_name(), row.cluster_name());
}

bool ClusterFilter::picks(const ClusterState& judged) const {
  if (finding) return judged.has(*finding);
  switch (state) {
    case State::Any:
      return true;
    case State::Wrong:
      return judged.severity() < Severity::Note;
    case State::Ok:
      return judged.severity() >= Severity::Note;
  }
  return true;
}

NameFilter name_filter_of(const Parameters& parameters) {
  return {value_of(parameters, "project"), value_of(parameters, "cluster")};
}

Result<ClusterFilter> cluster_filter_of(const Parameters& parameters) {
  ClusterFilter filter{name_filter_of(parameters), ClusterFilter::State::Any, std::nullopt};
  const std::string state = value_of(parameters, "state");
  if (state.empty()) return filter;
  if (state == "wrong") {
    filter.state = ClusterFilter::State::Wrong;
  } else if (state == "ok") {
    filter.state = ClusterFilter::State::Ok;
  } else {
    filter.finding = finding_from(state);
    if (!filter.finding) return unknown_state();
  }
  return filter;
}

}  // namespace restorewatch
