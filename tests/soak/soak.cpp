#include "soak/soak.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <string_view>

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kForTheEnd{300};
constexpr rlim_t kFullDisk = 4096;  // bytes of any file: of the store nothing more can be written

struct Fault {
  std::string_view name;
  std::string_view yaml;
};
constexpr std::array kFaults{
    Fault{"fault 500", "{kind: status, status: 500, count: 3}"},
    Fault{"fault 503", "{kind: status, status: 503, retry_after: 1, count: 2}"},
    Fault{"fault 429",
          "{kind: status, status: 429, error_code: RATE_LIMITED, retry_after: 1, "
          "count: 1}"},
    Fault{"fault reset", "{kind: reset, count: 3}"},
    Fault{"fault truncated", "{kind: truncate, length: cut, count: 3}"},
    Fault{"fault cut off", "{kind: truncate, length: whole, count: 3}"},
    Fault{"fault not JSON", "{kind: not_json, count: 3}"},
    Fault{"fault delay", "{kind: delay, pause: 300ms, count: 4}"},
};

struct Mood {
  std::string_view name;
  WebhookReceiver::Answer answer;
};
std::vector<Mood> moods() {
  return {{"receiver well", {}},
          {"receiver slow", {.delay = milliseconds(150)}},
          {"receiver 503", {.status = 503}},
          {"receiver 429", {.status = 429, .retry_after = "1"}},
          {"receiver 422", {.status = 422}},
          {"receiver drops", {.drop = true}}};
}

/// Limits what the process may write from now on; its own soft limit, which can be raised again.
bool limit_files(pid_t pid, rlim_t bytes) {
  rlimit limit{};
  if (prlimit(pid, RLIMIT_FSIZE, nullptr, &limit) != 0) return false;
  limit.rlim_cur = std::min(bytes, limit.rlim_max);
  return prlimit(pid, RLIMIT_FSIZE, &limit, nullptr) == 0;
}

}  // namespace

Soak::Soak(std::uint32_t seed, seconds time)
    : seed_(seed), time_(time), trial_(seed, time + kForTheEnd) {}

bool Soak::run() {
  const auto begin = steady_clock::now();
  Verdict verdict;
  if (trial_.watch_begins()) {
    live_on(begin + time_);
    end_all_trouble();
    verdict = trial_.judge(Steps::AsWitness);
  } else {
    verdict.findings.emplace_back("the daemon never saw everything in the beginning");
  }
  report(verdict, std::chrono::duration_cast<seconds>(steady_clock::now() - begin));
  if (verdict.findings.empty()) return true;
  keep_what_there_is();
  return false;
}

void Soak::live_on(steady_clock::time_point until) {
  while (steady_clock::now() < until) {
    do_something();
    const auto pause = steady_clock::now() + milliseconds(trial_.chaos().below(300));
    trial_.chaos().run_until([&] { return steady_clock::now() >= pause; });
  }
}

void Soak::do_something() {
  Chaos& chaos = trial_.chaos();
  const std::uint32_t draw = chaos.below(100);
  if (draw < 30) {
    trial_.jobs().let_an_hour_pass(trial_.draw());
    ++done_["hours"];
  } else if (draw < 52) {
    disk_is_full_ = false;  // the next process has a disk again
    chaos.kill_at_some_moment();
  } else if (draw < 57) {
    disk_is_full_ = false;
    chaos.stop();
  } else if (draw < 72) {
    add_fault();
  } else if (draw < 82) {
    change_receiver();
  } else if (draw < 88) {
    fill_or_free_disk();
  } else if (draw < 92) {
    signal_reload();
  } else if (draw < 97) {
    trial_.jobs().make_cluster(trial_.draw());
    ++done_["clusters made"];
  } else {
    trial_.jobs().remove_cluster(trial_.draw());
    ++done_["clusters removed"];
  }
}

void Soak::add_fault() {
  const Fault& fault = kFaults.at(trial_.chaos().below(kFaults.size()));
  trial_.stage().control("POST", "/_sim/faults", std::string(fault.yaml));
  ++done_[std::string(fault.name)];
}

void Soak::change_receiver() {
  const auto all = moods();
  const Mood& mood = all.at(trial_.chaos().below(static_cast<std::uint32_t>(all.size())));
  trial_.receiver().answer(mood.answer);
  ++done_[std::string(mood.name)];
}

void Soak::fill_or_free_disk() {
  Chaos& chaos = trial_.chaos();
  if (!chaos.running()) return;
  const rlim_t bytes = disk_is_full_ ? RLIM_INFINITY : kFullDisk;
  if (!limit_files(trial_.stage().daemon().pid(), bytes)) return;
  disk_is_full_ = !disk_is_full_;
  ++done_[disk_is_full_ ? "disk full" : "disk free again"];
}

// Before it serves, the signal would end the process.
void Soak::signal_reload() {
  Chaos& chaos = trial_.chaos();
  if (!chaos.running() || !trial_.stage().daemon_serves()) return;
  trial_.stage().daemon().signal(SIGHUP);
  ++done_["SIGHUP"];
}

void Soak::end_all_trouble() {
  trial_.stage().control("DELETE", "/_sim/faults");
  trial_.receiver().answer({});
  trial_.chaos().kill_at(Moment::Serving);  // the next one waits for nothing
}

void Soak::report(const Verdict& verdict, seconds took) {
  Chaos& chaos = trial_.chaos();
  const auto line = [](std::string_view what, auto count) {
    std::cout << fmt::format("{:<24}{:>10}\n", what, count);
  };
  line("seed", seed_);
  line("seconds", took.count());
  line("kills", chaos.kills_in_all());
  for (const auto& [moment, count] : chaos.kills()) line(fmt::format("  {}", label(moment)), count);
  line("stops", chaos.stops());
  for (const auto& [what, count] : done_) line(what, count);
  line("lists answered", chaos.lists_answered());
  line("pages", chaos.counters().pages());
  line("events in the journal", verdict.transitions);
  line("event lines", verdict.lines);
  line("  repeats", verdict.line_repeats);
  line("deliveries", verdict.deliveries);
  line("  repeats", verdict.delivery_repeats);
  line("  given up", verdict.given_up);
  line("differences", verdict.findings.size());
  for (const std::string& finding : verdict.findings) std::cout << finding << "\n";
}

void Soak::keep_what_there_is() {
  const std::string kept = fmt::format("{}/../soak-{}", RW_BINARY_DIR, seed_);
  std::error_code ignored;
  std::filesystem::remove_all(kept, ignored);
  std::filesystem::copy(trial_.stage().folder().path(), kept,
                        std::filesystem::copy_options::recursive, ignored);
  std::cout << "The store and the logs are kept in " << kept << "\n";
}

}  // namespace restorewatch
