#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "simulator/access.h"
#include "simulator/answer.h"
#include "simulator/body_cache.h"
#include "simulator/endpoints.h"
#include "simulator/paging.h"
#include "simulator/truth.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// What one answer is built from.
struct Question {
  const ApiRequest& request;
  const Route& route;
  std::string_view version;  // the one to be served; empty in v1.0
  const World& world;
  VirtualTime now;
  const Reader& reader;
  const Scenario& rules;
  BodyCache& bodies;
  std::optional<BadField> spoil{};  // of the first job in the answer
};

/// An answer and the jobs that it truly shows: a spoilt one is not among them.
struct Served {
  Answer answer;
  std::vector<Shown> shown{};
  std::optional<std::uint64_t> cluster{};  // the number of the one whose jobs these are
};

/// Answers a request that was let in, with 200 or with the documented error for what does not
/// exist or may not be seen. The content type is left to the caller.
Served serve(const Question& question);

// The parts of serve().

/// Answers a request for the jobs of a cluster of `project`, which the reader sees.
Served serve_jobs(const Question& question, const Project& project);

/// Answers a request for projects or clusters; `project` is null where the route names none.
Answer serve_discovery(const Question& question, const Project* project);

/// Answers a request for the rate limits of the project that the query names.
Answer serve_limits(const Question& question);

/// The refusal of a project that there is not.
Answer no_such_project(const std::string& id);

/// What a parameter with an impossible value gets.
Answer bad_parameter();

Answer no_such_cluster(const std::string& name, const Project& project);

}  // namespace atlas_simulator
