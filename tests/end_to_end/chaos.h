#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "end_to_end/counter_ledger.h"
#include "end_to_end/event_log.h"
#include "end_to_end/stage.h"

namespace restorewatch {

/// What a kill waits for before it waits a few milliseconds more. Each can be seen from outside.
enum class Moment {
  Launched,  // the process is there
  Serving,   // it has said that it serves
  Asking,    // it has asked Atlas for some lists
  Telling,   // it has written an event line, which is behind a commit
  Paging,    // it has served a page
  Stopping,  // it was told to stop
};
inline constexpr std::array kMoments{Moment::Launched, Moment::Serving, Moment::Asking,
                                     Moment::Telling,  Moment::Paging,  Moment::Stopping};

std::string_view label(Moment moment);

/// Starts, kills and stops the daemon of a stage again and again on the same store, and looks at
/// its page whenever it answers. What it draws depends on the seed alone; what it meets also on
/// the machine, so nothing that it finds may depend on when something happened.
class Chaos {
 public:
  Chaos(Stage& stage, Stage::DaemonSettings settings, std::uint32_t seed);

  /// Begins another run, if none is going on. Does not wait.
  void start();

  /// Kills the daemon at a moment that is drawn, in a new run if none is going on. Of what `moment`
  /// waits for but does not come, it gets tired soon.
  void kill_at_some_moment();
  void kill_at(Moment moment);

  /// Lets it run until `condition` holds, and looks at its pages meanwhile. False: it did not in
  /// time, or the daemon has ended.
  bool run_until(const std::function<bool()>& condition,
                 std::chrono::milliseconds patience = std::chrono::seconds(60));

  /// Ends the run with SIGTERM, and waits for the end.
  void stop();

  bool running() { return running_ && stage_.daemon().running(); }
  /// A number from 0 to below `bound`, drawn.
  std::uint32_t below(std::uint32_t bound);

  const std::map<Moment, int>& kills() const { return kills_; }
  int kills_in_all() const;
  /// Lists of jobs that the fake Atlas has answered, well or not.
  std::int64_t lists_answered();
  int stops() const { return stops_; }
  CounterLedger& counters() { return counters_; }
  const EventLog& events() const { return events_; }
  /// What the daemon did that it never may: end by itself, or not end when told to. Sentences.
  const std::vector<std::string>& findings() const { return findings_; }

 private:
  bool wait_for(Moment moment);
  bool soon(const std::function<bool()>& condition);
  void go_on_for(std::chrono::milliseconds time);
  bool take_page();
  void expect_end_by_kill(std::string_view when);

  Stage& stage_;
  const Stage::DaemonSettings settings_;
  std::mt19937 random_;
  bool running_ = false;
  std::map<Moment, int> kills_;
  int stops_ = 0;
  CounterLedger counters_;
  EventLog events_;
  std::vector<std::string> findings_;
};

}  // namespace restorewatch
