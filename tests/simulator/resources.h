#pragma once

#include <optional>
#include <vector>

#include "simulator/answer.h"
#include "simulator/endpoints.h"
#include "simulator/truth.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// What one answer is built from.
struct Question {
  const ApiRequest& request;
  const Route& route;
  const World& world;
  VirtualTime now;
  const std::string& credential;  // who asks; empty: anybody
  bool foreign_links = false;
  std::optional<BadField> spoil;  // of the first job in the answer
};

/// An answer and the jobs that it truly shows: a spoilt one is not among them.
struct Served {
  Answer answer;
  std::vector<Shown> shown;
};

/// Answers a request that was let in, with 200 or with the documented error for what does not
/// exist. The content type is left to the caller.
Served serve(const Question& question);

/// Whether `credential` may see `project`.
bool may_see(const Project& project, const std::string& credential);

}  // namespace atlas_simulator
