#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <optional>
#include <utility>

#include "app/app.h"
#include "app/service_manager.h"
#include "app/service_notices.h"
#include "base/version.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/signals.h"

namespace restorewatch {
namespace {

/// Whatever should hang, a stop takes no longer.
constexpr unsigned kStopSeconds = 5;

/// By default each thread would have an arena of its own, with memory in it that is free for nobody
/// else: 2 MiB at 2,000 clusters.
void share_memory_among_threads() {
  mallopt(M_ARENA_MAX, 2);
}

/// Until the next look at how the daemon is; absent: there is none.
std::optional<std::chrono::milliseconds> pause_before(const ServiceNotices& notices,
                                                      const Clock& clock) {
  using std::chrono::milliseconds;
  const auto next = notices.next_look();
  if (!next) return std::nullopt;
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(*next - clock.steady_now()));
}

void reload(App& app, ServiceNotices& notices) {
  notices.reloading();
  app.reload();  // logs what came of it
  notices.ready(app.status());
}

/// Until there is something to end for.
void wait_for_the_end(App& app, ServiceNotices& notices, const Clock& clock, const Log& log) {
  while (true) {
    notices.look([&] { return app.vitals(); });
    const std::optional<int> number = wait_for_signal(pause_before(notices, clock));
    if (number == SIGHUP) reload(app, notices);
    if (number != SIGINT && number != SIGTERM) continue;
    log.info("stopping", {{"signal", number == SIGINT ? "SIGINT" : "SIGTERM"}});
    return;
  }
}

std::string address(const Config& config, const App& app) {
  return fmt::format("{}://{}:{}/", app.serves_tls() ? "https" : "http",
                     config.web.listen_address.host, app.port());
}

}  // namespace

int run_daemon(const Config& config, std::function<ConfigReading()> read_again) {
  hold_signals();
  share_memory_among_threads();
  const SystemClock clock;
  const Log log(clock, {config.log.level, config.log.format});
  std::atomic<bool> died = false;
  const ServiceManager manager = service_manager();
  ServiceNotices notices(manager.watchdog, {clock, log, manager.tell});
  notices.starting();
  App::Mode mode;
  mode.on_death = [&] {
    died = true;
    signal_self_to_end();
  };
  mode.read_config = std::move(read_again);
  auto app = App::create(config, log, std::move(mode));
  if (!app) {
    log.error("cannot start", {{"reason", app.error().detail}});
    return kExitBadConfig;
  }
  log.info("starting", {{"version", version()}, {"revision", revision()}});
  (*app)->start();
  log.info("serving", {{"address", address(config, **app)}});
  notices.ready((*app)->status());
  wait_for_the_end(**app, notices, clock, log);
  end_at_the_latest_in(kStopSeconds);
  notices.stopping();
  (*app)->stop();
  log.info("stopped");
  return died ? kExitPartial : kExitOk;
}

}  // namespace restorewatch
