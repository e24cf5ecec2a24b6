#pragma once

#include <array>
#include <optional>

namespace atlas_simulator {

/// The kinds of clusters that Atlas has, or had.
enum class Tier { Dedicated, Flex, Serverless, Tenant, Free };

/// The families of restore jobs. Each has addresses, a shape and words of its own; a dedicated
/// cluster has jobs of two.
enum class Source { Dedicated, Flex, Collection, Serverless, Tenant };

inline constexpr std::array kSources{Source::Dedicated, Source::Flex, Source::Collection,
                                     Source::Serverless, Source::Tenant};

/// The two APIs that serve restore jobs: `/api/atlas/v2` and `/api/atlas/v1.0`.
enum class Generation { V2, V1 };

enum class Delivery { Automated, Download, PointInTime };

/// How a job's story ends.
enum class End { Completed, Failed, Cancelled, Expired, Ready, Vanishes, Never };

/// The source of a cluster's ordinary jobs; absent for free clusters, which have no backups.
std::optional<Source> own_source(Tier tier);

/// Whether a cluster of this tier has jobs of this source.
bool has_source(Tier tier, Source source);

/// Whether the source's answers have a way to say that a job ended so.
bool can_end(Source source, End end);

/// Whether the source's answers have a way to say that a job delivers so. Collection jobs have no
/// delivery at all.
bool can_deliver(Source source, Delivery delivery);

/// How a job delivers if its scenario does not say.
Delivery usual_delivery(Source source, End end);

/// Flex and shared-tier jobs say by one word what they are; so do collection jobs, by other words.
/// The rest is told by flags.
bool has_status(Source source);

}  // namespace atlas_simulator
