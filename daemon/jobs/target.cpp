#include "jobs/target.h"

namespace restorewatch {

bool same_target(const TargetKey& a, const TargetKey& b) {
  if (a.project_id != b.project_id || a.source != b.source) return false;
  if (a.cluster_id && b.cluster_id) return a.cluster_id == b.cluster_id;
  return a.cluster_name == b.cluster_name;
}

}  // namespace restorewatch
