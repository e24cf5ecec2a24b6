#pragma once

#include <string>

#include "simulator/answer.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// Who asks. Without a name: anybody, where a scenario has no credentials.
struct Reader {
  std::string name, organization;
};

/// A credential belongs to one organization, and sees nothing of another.
bool may_see(const Project& project, const Reader& reader);

/// Whether the reader's role in a project that it sees is enough for the restore jobs of `source`.
/// Source: Atlas Admin API v2, "Required Roles" of each operation.
bool may_list(const Project& project, const Reader& reader, Source source);

/// What a valid credential gets that lacks the role: 401 or 403, Atlas does both.
Answer denied(int status);

}  // namespace atlas_simulator
