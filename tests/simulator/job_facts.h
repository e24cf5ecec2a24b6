#pragma once

#include <cstdint>
#include <optional>

#include "simulator/job.h"

namespace atlas_simulator {

/// How far a collection job has come, as its answers say by now.
struct Progress {
  std::int64_t restored = 0;  // documents, beyond 32 bits
  std::int64_t total = 0;     // at first an estimate, and too low
  /// Collections without their indexes; absent until these are being built.
  std::optional<std::int64_t> failed_collections;
};

/// The moment that the job restores to, if it is not that of a snapshot.
std::optional<VirtualTime> point_in_time(const Job& job);

/// Of collection jobs only.
Progress progress_of(const Job& job, VirtualTime now);

/// Whether a collection job is at its finishing touches: the last fifth of its work.
bool is_finalizing(const Job& job, VirtualTime now);

}  // namespace atlas_simulator
