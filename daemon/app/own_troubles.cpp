#include "app/own_troubles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace restorewatch {
namespace {

struct Sign {
  std::string_view metric;  // a gauge: what is wrong now, not what once was
  double good;              // what it says while all is well
  const char* sentence;     // `{}`: the value of its label, which the configuration gave
};

// What hides most comes first.
constexpr std::array kSigns{
    Sign{"restorewatch_store_writable", 1,
         "The store cannot be written: nothing is announced, and what happens now is seen later."},
    Sign{"restorewatch_atlas_reachable", 1,
         "Atlas cannot be reached; single looks try until it is back."},
    Sign{"restorewatch_credential_up", 1, "Atlas does not accept the credential {}."},
    Sign{"restorewatch_config_last_reload_successful", 1,
         "The configuration was refused when it was last read; the one before is in force."},
    Sign{"restorewatch_web_config_last_reload_successful", 1,
         "The web configuration, or a certificate or key, cannot be used; the one before is."},
};

std::string sentence_of(const Sign& sign, const prometheus::ClientMetric& metric) {
  const std::string name = metric.label.empty() ? "" : metric.label.front().value;
  return fmt::format(fmt::runtime(sign.sentence), name);
}

}  // namespace

std::vector<std::string> own_troubles(const Telemetry& telemetry) {
  const auto families = telemetry.registry().Collect();
  std::vector<std::string> troubles;
  for (const Sign& sign : kSigns) {
    const auto family = std::ranges::find(families, sign.metric, &prometheus::MetricFamily::name);
    if (family == families.end()) continue;
    for (const auto& metric : family->metric) {
      if (metric.gauge.value != sign.good) troubles.push_back(sentence_of(sign, metric));
    }
  }
  return troubles;
}

}  // namespace restorewatch
