#include "simulator/access.h"

#include <algorithm>

namespace atlas_simulator {
namespace {

Role needed_role(Source source) {
  switch (source) {
    case Source::Dedicated:
    case Source::Collection:
      return Role::BackupManager;
    case Source::Flex:
    case Source::Tenant:
      return Role::ReadOnly;
    case Source::Serverless:
      return Role::Owner;
  }
  return Role::Owner;
}

}  // namespace

bool may_see(const Project& project, const Reader& reader) {
  if (reader.name.empty()) return true;
  if (project.organization != reader.organization) return false;
  if (project.hidden_from.contains(reader.name)) return false;
  if (!project.credentials) return true;
  const auto& names = *project.credentials;
  return std::find(names.begin(), names.end(), reader.name) != names.end();
}

bool may_list(const Project& project, const Reader& reader, Source source) {
  const auto found = project.roles.find(reader.name);
  return found == project.roles.end() || found->second >= needed_role(source);
}

Answer denied(int status) {
  return atlas_error(status, "USER_UNAUTHORIZED",
                     "Current user is not authorized to perform this action.");
}

}  // namespace atlas_simulator
