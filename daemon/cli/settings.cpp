#include "cli/settings.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

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

  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  std::vector<std::string> complaints_;
};

std::string credentials_directory() {
  const char* directory =
      std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe): no thread runs yet
  return directory == nullptr ? "" : directory;
}

}  // namespace

std::optional<Config> settings_of(const Flags& flags) {
  ConfigOutcome outcome = load_config(flags.config_file, credentials_directory());
  for (const Problem& problem : outcome.problems) {
    fmt::print(stderr, "{}\n", format(problem, flags.config_file));
  }
  for (const Problem& warning : outcome.warnings) {
    fmt::print(stderr, "warning: {}\n", format(warning, flags.config_file));
  }
  Config config = outcome.config.value_or(Config{});
  FlagReader reader;
  reader.apply("--web.listen-address", flags.listen_address, parse_listen_address,
               config.web.listen_address);
  reader.apply("--log.level", flags.log_level, parse_log_level, config.log.level);
  reader.apply("--log.format", flags.log_format, parse_log_format, config.log.format);
  if (flags.storage_path) config.storage.path = *flags.storage_path;
  for (const std::string& complaint : reader.complaints()) {
    fmt::print(stderr, "{}\n", complaint);
  }
  if (!outcome.config || !reader.complaints().empty()) return std::nullopt;
  return config;
}

}  // namespace restorewatch
