#include "cli/settings.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <vector>

#include "app/call_rates.h"
#include "app/web_rules_reader.h"
#include "base/journal_stream.h"
#include "config/load_config.h"
#include "config/log_words.h"

namespace restorewatch {
namespace {

/// Puts flags in place of what the file says, and remembers which could not be read.
class FlagReader {
 public:
  template <typename Value, typename Parse>
  void apply(std::string_view flag, const std::optional<std::string>& text, Parse parse,
             Value& into) {
    if (!text) return;
    auto value = parse(*text);
    if (value) {
      into = *std::move(value);
    } else {
      complaints_.push_back(fmt::format("{}: {}", flag, value.error().detail));
    }
  }

  std::vector<std::string> complaints() && { return std::move(complaints_); }

 private:
  std::vector<std::string> complaints_;
};

/// What the flags say in place of the file. Returns what cannot be read of them.
std::vector<std::string> apply(const Flags& flags, Config& config) {
  FlagReader reader;
  reader.apply("--web.listen-address", flags.listen_address, parse_listen_address,
               config.web.listen_address);
  reader.apply("--log.level", flags.log_level, parse_log_level, config.log.level);
  reader.apply("--log.format", flags.log_format, parse_log_format, config.log.format);
  if (flags.storage_path) config.storage.path = *flags.storage_path;
  if (flags.web_config_file) {
    config.web.access.reset();
    if (!flags.web_config_file->empty()) {
      config.web.access = {*flags.web_config_file, flags.credentials_directory};
    }
  }
  if (flags.enable_lifecycle) config.web.enable_lifecycle = true;
  return std::move(reader).complaints();
}

/// What is wrong with the web file, or unwise in it.
void judge_web_file(const Config& config, ConfigReading& reading) {
  WebReading web = judge_web_rules(config.web.access);
  std::ranges::move(web.problems, std::back_inserter(reading.problems));
  std::ranges::move(web.warnings, std::back_inserter(reading.warnings));
}

/// What is unwise by Atlas's limits, of which config/ knows nothing.
void warn_of_calls(ConfigOutcome& outcome) {
  for (const CallRate& rate : rates_of_named_clusters(*outcome.config)) {
    if (!rate.is_over_committed()) continue;
    outcome.warnings.push_back(outcome.calls_at);
    outcome.warnings.back().message = over_commitment(rate);
  }
}

}  // namespace

std::string credentials_directory() {
  const char* directory =
      std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe): no thread runs yet
  return directory == nullptr ? "" : directory;
}

ConfigReading read_settings(const Flags& flags) {
  ConfigOutcome outcome = load_config(flags.config_file, flags.credentials_directory);
  if (outcome.config) warn_of_calls(outcome);
  ConfigReading reading;
  for (const Problem& problem : outcome.problems) {
    reading.problems.push_back(format(problem, flags.config_file));
  }
  for (const Problem& warning : outcome.warnings) {
    reading.warnings.push_back(format(warning, flags.config_file));
  }
  Config config;
  if (outcome.config) config = *std::move(outcome.config);
  std::ranges::move(apply(flags, config), std::back_inserter(reading.problems));
  judge_web_file(config, reading);
  if (reading.problems.empty()) reading.config = std::move(config);
  return reading;
}

std::optional<Config> settings_of(const Flags& flags) {
  ConfigReading reading = read_settings(flags);
  const bool for_the_journal = is_read_by_the_journal(STDERR_FILENO);
  const auto prefix = [&](LogLevel level) { return for_the_journal ? journal_prefix(level) : ""; };
  for (const std::string& problem : reading.problems) {
    fmt::print(stderr, "{}{}\n", prefix(LogLevel::Error), problem);
  }
  for (const std::string& warning : reading.warnings) {
    fmt::print(stderr, "{}warning: {}\n", prefix(LogLevel::Warn), warning);
  }
  return std::move(reading.config);
}

}  // namespace restorewatch
