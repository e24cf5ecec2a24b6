#include "jobs/sources.h"

#include <array>

namespace restorewatch {
namespace {

using enum JobState;

constexpr std::optional<JobState> kFirstSight;

// Dedicated and serverless jobs have flags and no status word.
constexpr std::array kFlagStates{InProgress, Ready, Completed, Failed, Cancelled, Expired, Lost};
constexpr std::array<Step, 12> kFlagSteps{{{kFirstSight, InProgress},
                                           {kFirstSight, Ready},
                                           {kFirstSight, Completed},
                                           {kFirstSight, Failed},
                                           {kFirstSight, Cancelled},
                                           {kFirstSight, Expired},
                                           {InProgress, Completed},
                                           {InProgress, Failed},
                                           {InProgress, Cancelled},
                                           {InProgress, Ready},
                                           {InProgress, Lost},
                                           {Ready, Expired}}};

// Flex and tenant jobs have a status word.
constexpr std::array kStatusStates{Pending, Queued, Running, Completed, Failed, Lost};
constexpr std::array<Step, 9> kStatusSteps{{{kFirstSight, Pending},
                                            {kFirstSight, Running},
                                            {kFirstSight, Completed},
                                            {kFirstSight, Failed},
                                            {Pending, Running},
                                            {Pending, Completed},
                                            {Running, Completed},
                                            {Running, Failed},
                                            {Running, Lost}}};

constexpr std::array kCollectionStates{Pending, Running, Completed, Failed, Cancelled, Lost};
constexpr std::array<Step, 10> kCollectionSteps{{{kFirstSight, Pending},
                                                 {kFirstSight, Running},
                                                 {kFirstSight, Completed},
                                                 {kFirstSight, Failed},
                                                 {kFirstSight, Cancelled},
                                                 {Pending, Running},
                                                 {Running, Completed},
                                                 {Running, Failed},
                                                 {Running, Cancelled},
                                                 {Running, Lost}}};

constexpr std::array<SourceFacts, kSourceCount> kSources{{
    {Source::Dedicated, 1, Tier::Dedicated, false, kFlagStates, kFlagSteps},
    {Source::Flex, 2, Tier::Flex, false, kStatusStates, kStatusSteps},
    {Source::Collection, 3, Tier::Dedicated, false, kCollectionStates, kCollectionSteps},
    {Source::Serverless, 4, Tier::Serverless, true, kFlagStates, kFlagSteps},
    {Source::Tenant, 5, Tier::Tenant, true, kStatusStates, kStatusSteps},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kSourceCount; ++i) {
    if (index_of(kSources[i].source) != i) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const SourceFacts> all_sources() {
  return kSources;
}

const SourceFacts& facts_of(Source source) {
  return kSources[index_of(source)];
}

}  // namespace restorewatch
