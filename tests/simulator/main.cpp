#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>

#include <CLI/CLI.hpp>

#include "simulator/scenario.h"
#include "simulator/simulator.h"

namespace {

using atlas_simulator::Scenario;
using atlas_simulator::Simulator;
using atlas_simulator::SimulatorOptions;

struct Arguments {
  std::string scenario, listen = "127.0.0.1:0", tls_cert, tls_key;
  std::optional<double> time_factor;
  std::optional<std::uint64_t> seed;
  std::int64_t max_seconds = 3600;
  bool quiet = false;
};

void declare(CLI::App& app, Arguments& arguments) {
  app.add_option("--scenario", arguments.scenario, "YAML file: clusters, jobs, credentials, faults")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--listen", arguments.listen, "host:port; port 0 takes any free one")
      ->capture_default_str();
  auto* cert = app.add_option("--tls-cert", arguments.tls_cert, "certificate, PEM");
  auto* key = app.add_option("--tls-key", arguments.tls_key, "its private key, PEM");
  cert->needs(key)->check(CLI::ExistingFile);
  key->needs(cert)->check(CLI::ExistingFile);
  app.add_option("--time-factor", arguments.time_factor, "virtual seconds per real second")
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--seed", arguments.seed, "instead of the scenario's");
  app.add_option("--max-seconds", arguments.max_seconds,
                 "ends by itself after so many real seconds")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}));
  app.add_flag("--quiet", arguments.quiet, "no closing summary on stderr");
}

Scenario load_scenario(const Arguments& arguments) {
  std::ostringstream text;
  text << std::ifstream(arguments.scenario).rdbuf();
  Scenario scenario = atlas_simulator::parse_scenario(text.str());
  if (arguments.time_factor) scenario.time_factor = *arguments.time_factor;
  if (arguments.seed) scenario.seed = *arguments.seed;
  return scenario;
}

SimulatorOptions server_options(const Arguments& arguments) {
  SimulatorOptions options;
  const auto colon = arguments.listen.rfind(':');
  if (colon == std::string::npos) throw CLI::ValidationError("--listen", "must be host:port");
  options.host = arguments.listen.substr(0, colon);
  const std::string port = arguments.listen.substr(colon + 1);
  const char* end = port.data() + port.size();
  const auto [rest, error] = std::from_chars(port.data(), end, options.port);
  if (error != std::errc() || rest != end || options.port < 0 || options.port > 65535) {
    throw CLI::ValidationError("--listen", "has no port number");
  }
  options.tls_cert = arguments.tls_cert;
  options.tls_key = arguments.tls_key;
  options.on_quit = [] { kill(getpid(), SIGTERM); };
  return options;
}

/// Blocked before any thread starts, so that they reach sigtimedwait and nothing else.
sigset_t block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

int run(const Arguments& arguments) try {
  const sigset_t signals = block_ending_signals();
  Simulator simulator(load_scenario(arguments), server_options(arguments));
  simulator.start();
  std::cout << "listening on " << simulator.base_url() << std::endl;  // read by scripts: flush
  const timespec limit{arguments.max_seconds, 0};
  sigtimedwait(&signals, nullptr, &limit);
  simulator.stop();
  if (!arguments.quiet) std::cerr << simulator.requests().json() << '\n';
  return 0;
} catch (const atlas_simulator::ScenarioError& error) {
  std::cerr << arguments.scenario << ':' << error.what() << '\n';
  return 1;
} catch (const std::exception& error) {
  std::cerr << "atlas-simulator: " << error.what() << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app("A simulated MongoDB Atlas Administration API", "atlas-simulator");
  Arguments arguments;
  declare(app, arguments);
  CLI11_PARSE(app, argc, argv);
  return run(arguments);
} catch (const std::exception& error) {  // of the options' declarations
  std::cerr << "atlas-simulator: " << error.what() << '\n';
  return 1;
}
