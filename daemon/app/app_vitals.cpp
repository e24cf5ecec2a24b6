// How the daemon is, for the service manager; the rest is in app.cpp.

#include "app/app.h"
#include "app/loop_echo.h"
#include "app/own_troubles.h"
#include "app/status_line.h"
#include "store/sqlite_store.h"

namespace restorewatch {

/// No lock is held while anything is counted, and none that somebody might hold for long.
Vitals App::vitals() {
  return {{{"poller", echo_->ask()}, {"store", store_->progress()}}, status()};
}

std::string App::status() const {
  return status_line(latest().get(), own_troubles(telemetry_));
}

}  // namespace restorewatch
