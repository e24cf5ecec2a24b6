#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "jobs/words.h"

namespace restorewatch {

/// A step that jobs of a source usually take.
struct Step {
  std::optional<JobState> from;  // absent: first sight
  JobState to = JobState::Unknown;
};

/// What the rest of the daemon has to know of a source. How it is asked is in atlas/endpoints.cpp,
/// in a table of the same order. A new source is a row in each, a decoder where its answers have a
/// shape of their own, and a folder of fixtures.
struct SourceFacts {
  Source source = Source::Dedicated;
  std::uint8_t stored_as = 0;         // its number in the store; never changed, never used again
  Tier tier = Tier::Dedicated;        // whose clusters' jobs it lists
  bool retired = false;               // Atlas itself no longer serves it; compatible servers may
  std::span<const JobState> states;   // that it can show, and Lost: these are exported as zeros
  std::span<const Step> usual_steps;  // exported as zeros, too, so that rate() sees the first
};

/// In the order of Source.
std::span<const SourceFacts> all_sources();

const SourceFacts& facts_of(Source source);

}  // namespace restorewatch
