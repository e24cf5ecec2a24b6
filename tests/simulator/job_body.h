#pragma once

#include <optional>
#include <string>

#include "simulator/fault.h"
#include "simulator/json_text.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// A visible job and from where it is seen.
struct JobView {
  const Job& job;
  const Project& project;
  const Cluster& cluster;
  VirtualTime now;
  Generation generation = Generation::V2;
};

/// The job as Atlas's JSON, in the shape of its source and of the API's generation, and without
/// an order of members. `spoil` gives one member a wrong type.
std::string job_body(const JobView& view, std::optional<BadField> spoil = std::nullopt);

// The members of a job, by family.

/// Dedicated and serverless: flags, explicit nulls, undocumented members.
/// Source: Atlas Admin API v2, "Return One Restore Job for One Cluster", and recorded answers; for
/// serverless in v1.0 the published example.
void add_flag_members(JsonObject& body, const JobView& view);

/// Flex and shared tier: a status. Source: Atlas Admin API v2, "Return One Restore Job for One Flex
/// Cluster", and recorded answers; for the shared tier in v1.0 the published example, whose names
/// of times are others than the documented ones.
void add_status_members(JsonObject& body, const JobView& view);

/// Collection: a state, progress and an error text.
/// Source: Atlas Admin API v2, "Return One Collection Restore Job".
void add_collection_members(JsonObject& body, const JobView& view);

/// The name of the member that holds the end of the job.
std::string_view finish_member(Source source, Generation generation);

/// A download address; it carries its access token in the path, so nobody may print it. `part`
/// tells apart the addresses of one job.
std::string secret_url(const Job& job, std::string_view part);

}  // namespace atlas_simulator
