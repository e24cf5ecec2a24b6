#include <fmt/format.h>

#include "app/health_check.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/settings.h"

namespace restorewatch {
namespace {

/// By the flag alone where it is given: a configuration that is being edited makes nobody ill.
Result<ListenAddress> address_of(const Flags& flags) {
  if (flags.listen_address) return parse_listen_address(*flags.listen_address);
  const auto config = settings_of(flags);
  if (!config) return Error{ErrorKind::BadConfig, "the configuration cannot be read"};
  return config->web.listen_address;
}

}  // namespace

int run_healthcheck(const Flags& flags) {
  const auto address = address_of(flags);
  const auto health = address ? check_health(*address) : Result<std::string>(address.error());
  if (health) {
    fmt::print("alive: {}\n", *health);
    return kExitOk;
  }
  fmt::print(stderr, "not healthy: {}\n", health.error().detail);
  return kExitPartial;  // 1; of others Docker makes no use
}

}  // namespace restorewatch
