#include "app/service_manager.h"

#ifdef RW_SYSTEMD
#include <systemd/sd-daemon.h>

#include <cstdint>
#include <cstdlib>
#endif

namespace restorewatch {

#ifdef RW_SYSTEMD

ServiceManager service_manager() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread runs yet
  if (std::getenv("NOTIFY_SOCKET") == nullptr) return {};
  ServiceManager manager;
  manager.tell = [](const std::string& notice) { sd_notify(0, notice.c_str()); };
  std::uint64_t after_us = 0;
  if (sd_watchdog_enabled(0, &after_us) > 0) manager.watchdog = std::chrono::microseconds(after_us);
  return manager;
}

#else

ServiceManager service_manager() {
  return {};
}

#endif

}  // namespace restorewatch
