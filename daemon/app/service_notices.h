#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/progress.h"

namespace restorewatch {

/// How the daemon is at one moment.
struct Vitals {
  struct Part {
    std::string_view name;  // a literal
    Progress progress;
  };
  std::vector<Part> parts;  // each must go on for the whole to live; always the same ones
  std::string status;       // one line for people
};

/// What the service manager is told, and when, in the words of sd_notify(3). While the daemon runs,
/// it is looked at at least four times in the time that the watchdog gives. A part that had work at
/// the last look, has work now, and has ended nothing in between, hangs; while one does, the
/// watchdog gets no sign of life. To have no work, or to fail at it, is no reason to be restarted.
/// For one thread.
class ServiceNotices {
 public:
  /// `tell` and `clock` must outlive it.
  struct Deps {
    const Clock& clock;
    Log log;
    std::function<void(const std::string&)> tell;  // empty: there is nobody to tell anything
  };

  /// How often the status is told where there is no watchdog, or one that gives long.
  static constexpr std::chrono::seconds kLongestPause{10};

  /// `watchdog`: the time after which it bites; absent: there is none.
  ServiceNotices(std::optional<std::chrono::microseconds> watchdog, Deps deps);

  void starting();
  /// Serves from now on; also once a reload has ended, however it did.
  void ready(const std::string& status);
  void reloading();
  void stopping();

  /// When look() wants to be called; absent: never.
  std::optional<SteadyTime> next_look() const;

  /// Tells how the daemon is. Does nothing before next_look().
  void look(const std::function<Vitals()>& vitals);

 private:
  std::string_view hanging(const std::vector<Vitals::Part>& parts) const;
  void note(std::string_view hanging);

  const std::optional<std::chrono::microseconds> watchdog_;
  const Deps deps_;
  SteadyTime next_look_;
  std::vector<Vitals::Part> last_;  // parts at the last look
  std::string_view told_hanging_;   // the part that the log was told of; empty: all go on
};

}  // namespace restorewatch
