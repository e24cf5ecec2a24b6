#include "end_to_end/chaos.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <csignal>
#include <numeric>
#include <utility>

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPoll{2};
constexpr milliseconds kTired{150};  // of waiting for a moment that may never come
constexpr std::chrono::seconds kStopPatience{10};
constexpr std::uint32_t kMaxListsBefore = 12;

/// How long after its moment a kill comes at most, in milliseconds: where everything happens at
/// once, briefly.
std::uint32_t longest_pause_after(Moment moment) {
  switch (moment) {
    case Moment::Launched:
    case Moment::Stopping:
      return 40;
    case Moment::Telling:
      return 15;
    case Moment::Serving:
    case Moment::Asking:
    case Moment::Paging:
      break;
  }
  return 100;
}

Stage::DaemonSettings on_any_port(Stage::DaemonSettings settings) {
  settings.arguments.emplace_back("--web.listen-address=127.0.0.1:0");
  return settings;
}

}  // namespace

std::string_view label(Moment moment) {
  switch (moment) {
    case Moment::Launched:
      return "launched";
    case Moment::Serving:
      return "serving";
    case Moment::Asking:
      return "asking";
    case Moment::Telling:
      return "telling";
    case Moment::Paging:
      return "paging";
    case Moment::Stopping:
      break;
  }
  return "stopping";
}

Chaos::Chaos(Stage& stage, Stage::DaemonSettings settings, std::uint32_t seed)
    : stage_(stage),
      settings_(on_any_port(std::move(settings))),
      random_(seed),
      events_(stage.folder().file("daemon.out")) {}

void Chaos::start() {
  if (running_) return;
  events_.begin_run();
  stage_.launch_daemon(settings_);
  running_ = true;
}

void Chaos::kill_at_some_moment() {
  kill_at(kMoments.at(below(kMoments.size())));
}

void Chaos::kill_at(Moment moment) {
  start();
  wait_for(moment);
  go_on_for(milliseconds(below(longest_pause_after(moment))));
  stage_.daemon().signal(SIGKILL);
  ++kills_[moment];
  expect_end_by_kill(label(moment));
}

bool Chaos::run_until(const std::function<bool()>& condition, milliseconds patience) {
  start();
  const auto deadline = steady_clock::now() + patience;
  while (!condition()) {
    if (!stage_.daemon().running()) {
      expect_end_by_kill("running");
      return false;
    }
    if (steady_clock::now() > deadline) return false;
    take_page();
    pause_between_questions(kPoll);
  }
  return true;
}

void Chaos::stop() {
  if (!running_) return;
  run_until([this] { return stage_.daemon_serves(); });  // before, a signal may end it at once
  stage_.daemon().signal(SIGTERM);
  const auto code = stage_.daemon().wait(kStopPatience);
  if (code != 0) findings_.push_back("told to stop, the daemon did not end well");
  ++stops_;
  running_ = false;
}

std::uint32_t Chaos::below(std::uint32_t bound) {
  return static_cast<std::uint32_t>(random_() % bound);  // the same with every library
}

int Chaos::kills_in_all() const {
  int all = 0;
  for (const auto& [moment, count] : kills_) all += count;
  return all;
}

bool Chaos::wait_for(Moment moment) {
  if (moment == Moment::Launched) return true;
  if (!soon([this] { return stage_.daemon_serves(); })) return false;
  if (moment == Moment::Asking) {
    const std::int64_t enough = lists_answered() + below(kMaxListsBefore);
    return soon([&] { return lists_answered() >= enough; });
  }
  if (moment == Moment::Paging) return soon([this] { return take_page(); });
  if (moment == Moment::Serving) return true;
  const bool told = soon([this] { return events_.written() > 0; });
  if (moment == Moment::Stopping) stage_.daemon().signal(SIGTERM);
  return told;
}

bool Chaos::soon(const std::function<bool()>& condition) {
  const auto deadline = steady_clock::now() + kTired;
  while (!condition()) {
    if (steady_clock::now() > deadline || !stage_.daemon().running()) return false;
    pause_between_questions(kPoll);
  }
  return true;
}

void Chaos::go_on_for(milliseconds time) {
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end) {
    take_page();
    pause_between_questions(kPoll);
  }
}

bool Chaos::take_page() {
  if (!stage_.daemon_serves()) return false;
  const auto page = stage_.get("/metrics");
  if (page) counters_.take(*page);
  return page.has_value();
}

std::int64_t Chaos::lists_answered() {
  simdjson::dom::parser parser;
  const std::string counts = stage_.control("GET", "/_sim/requests");
  std::int64_t sum = 0;
  for (const auto row : parser.parse(counts)["requests"].get_array()) {
    if (row["path"].get_string().value() == "list") sum += row["count"].get_int64().value();
  }
  return sum;
}

// It may have ended well before, if it had been told to stop.
void Chaos::expect_end_by_kill(std::string_view when) {
  const auto code = stage_.daemon().wait(kStopPatience);
  const bool stopped = when == label(Moment::Stopping) && code == 0;
  if (!stopped && stage_.daemon().ended_by() != SIGKILL) {
    findings_.push_back(fmt::format("{}: the daemon ended by itself, with code {} or signal {}",
                                    when, code.value_or(-1),
                                    stage_.daemon().ended_by().value_or(0)));
  }
  running_ = false;
}

}  // namespace restorewatch
