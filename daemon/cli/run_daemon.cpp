#include <fmt/format.h>
#include <malloc.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <utility>

#include "app/app.h"
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

/// Until there is something to end for.
void wait_for_the_end(App& app, const Log& log) {
  while (true) {
    const int number = wait_for_signal();
    if (number != SIGHUP) {
      log.info("stopping", {{"signal", number == SIGINT ? "SIGINT" : "SIGTERM"}});
      return;
    }
    app.reload();  // logs what came of it
  }
}

std::string address(const Config& config, int port) {
  return fmt::format("http://{}:{}/", config.web.listen_address.host, port);
}

}  // namespace

int run_daemon(const Config& config, std::function<ConfigReading()> read_again) {
  hold_signals();
  share_memory_among_threads();
  const SystemClock clock;
  const Log log(clock, {config.log.level, config.log.format});
  std::atomic<bool> died = false;
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
  log.info("serving", {{"address", address(config, (*app)->port())}});
  wait_for_the_end(**app, log);
  end_at_the_latest_in(kStopSeconds);
  (*app)->stop();
  log.info("stopped");
  return died ? kExitPartial : kExitOk;
}

}  // namespace restorewatch
