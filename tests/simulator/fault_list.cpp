#include "simulator/fault_list.h"

#include <algorithm>

namespace atlas_simulator {
namespace {

bool in_force(const Fault& fault, Millis since) {
  return (!fault.from || since >= *fault.from) && (!fault.until || since < *fault.until);
}

bool concerns(const Fault& fault, const FaultList::Subject& subject) {
  if (fault.path && *fault.path != subject.path) return false;
  if (fault.source && fault.source != subject.source) return false;
  if (fault.cluster && *fault.cluster != subject.cluster) return false;
  if (!fault.project) return true;
  const Project* project = subject.project;
  return project != nullptr && (*fault.project == project->id || *fault.project == project->name);
}

}  // namespace

void FaultList::add(const Fault& fault, VirtualTime base) {
  armed_.push_back({fault, base});
}

std::optional<Fault> FaultList::take(const Subject& subject, VirtualTime now) {
  const auto found = std::find_if(armed_.begin(), armed_.end(), [&](const Armed& armed) {
    return in_force(armed.fault, now - armed.base) && concerns(armed.fault, subject);
  });
  if (found == armed_.end()) return std::nullopt;
  Fault fault = found->fault;
  if (found->fault.count && --*found->fault.count == 0) armed_.erase(found);
  return fault;
}

}  // namespace atlas_simulator
