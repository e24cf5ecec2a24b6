#include "app/health_check.h"

#include "net/liveness.h"

namespace restorewatch {
namespace {

std::string host_to_ask(const std::string& listens_on) {
  if (listens_on.empty() || listens_on == "0.0.0.0") return "127.0.0.1";
  return listens_on == "::" ? "::1" : listens_on;
}

}  // namespace

Result<std::string> check_health(const ListenAddress& address) {
  if (address.port == 0) {
    return Error{ErrorKind::BadConfig, "port 0 is any free one; say which it is"};
  }
  return ask_whether_alive(host_to_ask(address.host), address.port, kHealthCheckPatience);
}

}  // namespace restorewatch
