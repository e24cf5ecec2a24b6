#include "simulator/body_cache.h"

namespace atlas_simulator {
namespace {

/// Progress moves within one look.
bool stays_the_same(const JobView& view, Look look) {
  return view.job.source != Source::Collection || look != Look::Running;
}

}  // namespace

const std::string& BodyCache::body(const JobView& view) {
  const Look look = look_at(view.job, view.now);
  const std::uint64_t key = view.job.number * 2 + (view.generation == Generation::V1 ? 1 : 0);
  Entry& entry = entries_[key];
  const bool fresh = !entry.text.empty() && entry.look == look &&
                     entry.cluster_changes == view.cluster.changes && stays_the_same(view, look);
  if (!fresh) entry = {look, view.cluster.changes, job_body(view)};
  return entry.text;
}

}  // namespace atlas_simulator
