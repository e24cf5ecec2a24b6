#include "simulator/fault_list.h"

#include <algorithm>

namespace atlas_simulator {
namespace {

bool in_force(const Fault& fault, Millis since) {
  return (!fault.from || since >= *fault.from) && (!fault.until || since < *fault.until);
}

bool concerns(const Fault& fault, const Project* project, std::string_view cluster) {
  if (fault.cluster && *fault.cluster != cluster) return false;
  if (!fault.project) return true;
  return project != nullptr && (*fault.project == project->id || *fault.project == project->name);
}

}  // namespace

void FaultList::add(const Fault& fault, VirtualTime base) {
  armed_.push_back({fault, base});
}

std::optional<Fault> FaultList::take(RequestKind path, const Project* project,
                                     std::string_view cluster, VirtualTime now) {
  const auto found = std::find_if(armed_.begin(), armed_.end(), [&](const Armed& armed) {
    const Fault& fault = armed.fault;
    return fault.path.value_or(path) == path && in_force(fault, now - armed.base) &&
           concerns(fault, project, cluster);
  });
  if (found == armed_.end()) return std::nullopt;
  Fault fault = found->fault;
  if (found->fault.count && --*found->fault.count == 0) armed_.erase(found);
  return fault;
}

}  // namespace atlas_simulator
