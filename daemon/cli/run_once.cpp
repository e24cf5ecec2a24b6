#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <future>

#include "app/app.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/signals.h"

namespace restorewatch {

int run_once(const Config& config) {
  hold_signals();
  const SystemClock clock;
  const Log log(clock, {config.log.level, config.log.format});
  std::size_t failed = 0;
  bool swept = false;
  App::Mode mode;
  mode.serve = false;
  mode.spread = false;
  mode.event_log_fd = STDERR_FILENO;  // standard output is the page's
  mode.on_sweep = [&](const Sweep::Round& round) {
    if (swept) return;
    swept = true;
    failed = round.failed;
    signal_self_to_end();
  };
  mode.on_hold = signal_self_to_end;  // a script does not wait for hours
  mode.on_death = signal_self_to_end;
  auto app = App::create(config, log, std::move(mode));
  if (!app) {
    log.error("cannot start", {{"reason", app.error().detail}});
    return kExitBadConfig;
  }
  (*app)->start();
  wait_for_signal();
  (*app)->stop();  // only this thread is left: what the sweep wrote can be read
  if (!swept) log.error("ended before every target had been looked at");
  const std::string page = (*app)->page();
  std::fwrite(page.data(), 1, page.size(), stdout);
  const bool whole = swept && failed == 0 && (*app)->knows_all_there_is();
  return std::fflush(stdout) == 0 && whole ? kExitOk : kExitPartial;
}

}  // namespace restorewatch
