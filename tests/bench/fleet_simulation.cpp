// The daemon's poller over simulated days of a large fleet: docs/performance.md

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/scenarios.h"

namespace restorewatch::testing_fleet {
namespace {

constexpr std::string_view kUsage =
    "fleet_simulation [steady|over-committed|throttled|outage|restart|growth|cycles]...\n"
    "                 [--projects N] [--clusters N] [--connections N] [--on-disk]\n"
    "                 [--stretches N] [--hours N]  of steady: how many, how long each\n"
    "                 [--targets N] [--cycles N]   of cycles\n";

struct Wish {
  FleetRunOptions run;
  int stretches = 1;  // of the steady scenario
  std::chrono::hours stretch{24};
  std::uint32_t targets = 500;  // of the cycles
  std::chrono::minutes cycles{1};
  std::vector<std::string> scenarios;
};

[[noreturn]] void refuse(std::string_view argument) {
  std::fprintf(stderr, "what is \"%.*s\"?\n%.*s", static_cast<int>(argument.size()),
               argument.data(), static_cast<int>(kUsage.size()), kUsage.data());
  std::exit(2);  // NOLINT(concurrency-mt-unsafe): no other thread runs
}

std::uint32_t number(const char* text) {
  char* end = nullptr;
  const long value = text == nullptr ? 0 : std::strtol(text, &end, 10);
  if (value < 1 || value > 1'000'000 || *end != '\0') refuse(text == nullptr ? "" : text);
  return static_cast<std::uint32_t>(value);
}

using TakeNumber = std::function<void(std::uint32_t)>;

std::map<std::string_view, TakeNumber> numbers_of(Wish& wish) {
  return {{"--projects", [&](auto number) { wish.run.shape.projects = number; }},
          {"--clusters", [&](auto number) { wish.run.shape.clusters_a_project = number; }},
          {"--connections", [&](auto number) { wish.run.poller.max_in_flight = number; }},
          {"--stretches", [&](auto number) { wish.stretches = static_cast<int>(number); }},
          {"--hours", [&](auto number) { wish.stretch = std::chrono::hours(number); }},
          {"--targets", [&](auto number) { wish.targets = number; }},
          {"--cycles", [&](auto number) { wish.cycles = std::chrono::minutes(number); }}};
}

Wish wish_of(std::vector<const char*> arguments) {
  Wish wish;
  const auto numbers = numbers_of(wish);
  arguments.push_back(nullptr);  // what stands behind the last one
  for (std::size_t i = 0; arguments[i] != nullptr; ++i) {
    const std::string_view argument = arguments[i];
    const auto takes_number = numbers.find(argument);
    if (takes_number != numbers.end()) {
      takes_number->second(number(arguments[++i]));
    } else if (argument == "--on-disk") {
      wish.run.on_disk = true;
    } else if (argument.starts_with("-")) {
      refuse(argument);
    } else {
      wish.scenarios.emplace_back(argument);
    }
  }
  if (wish.scenarios.empty()) {
    wish.scenarios = {"steady", "over-committed", "throttled", "outage", "restart", "growth"};
  }
  return wish;
}

std::vector<Figure> figures_of(const std::string& scenario, const Wish& wish) {
  if (scenario == "steady") return steady(wish.run, wish.stretches, wish.stretch);
  if (scenario == "over-committed") {
    return over_committed(wish.run, 1'000, std::chrono::hours(24));
  }
  if (scenario == "throttled") return throttled(wish.run);
  if (scenario == "outage") return outage(wish.run);
  if (scenario == "restart") return restart(wish.run);
  if (scenario == "cycles") return cycles(wish.targets, wish.cycles);
  if (scenario == "growth") return growth(500, 50'000, 5);
  refuse(scenario);
}

int run(int argc, char** argv) {
  const Wish wish = wish_of({argv + 1, argv + argc});
  bool met = true;
  for (const std::string& scenario : wish.scenarios) {
    const std::vector<Figure> figures = figures_of(scenario, wish);
    for (const Figure& figure : figures) std::puts(line_of(figure).c_str());
    std::fflush(stdout);
    met = met && all_met(figures);
  }
  return met ? 0 : 1;
}

}  // namespace
}  // namespace restorewatch::testing_fleet

int main(int argc, char** argv) {
  return restorewatch::testing_fleet::run(argc, argv);
}
