#include "app/web_rules_reader.h"

#include <utility>

#include "config/web_file.h"
#include "web/tls_context.h"

namespace restorewatch {

WebReading read_web_rules(const std::optional<SecretPlaces>& file) {
  if (!file) return {WebRules{}, {}, {}};
  WebFileOutcome outcome = load_web_file(*file);
  WebReading reading{std::move(outcome.rules), {}, {}};
  for (const Problem& problem : outcome.problems) {
    reading.problems.push_back(format(problem, file->config_file));
  }
  for (const Problem& warning : outcome.warnings) {
    reading.warnings.push_back(format(warning, file->config_file));
  }
  reading.file = file->config_file + ": ";
  return reading;
}

WebReading judge_web_rules(const std::optional<SecretPlaces>& file) {
  WebReading reading = read_web_rules(file);
  if (!reading.rules || !reading.rules->tls) return reading;
  const auto context = tls_context(*reading.rules->tls);
  if (context) return reading;
  reading.problems.push_back(reading.file + context.error().detail);
  reading.rules.reset();
  return reading;
}

}  // namespace restorewatch
