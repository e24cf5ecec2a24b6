#include "app/own_troubles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace restorewatch {
namespace {

/// A gauge that is 1 while all is well, or a counter that is 0. `{}` stands for the first label's
/// value, which the configuration gave.
struct Sign {
  std::string_view metric;
  const char* sentence;
};

constexpr std::array kMustBeOne{
    Sign{
        "restorewatch_store_writable",
        "The store cannot be written: what happens now is seen again later, nothing is announced."},
    Sign{"restorewatch_atlas_reachable",
         "Atlas cannot be reached; single looks try until it is "
         "back."},
    Sign{"restorewatch_config_last_reload_successful",
         "The configuration was refused when it was last read; the one before is in force."},
    Sign{"restorewatch_credential_up", "Atlas does not accept the credential {}."},
};

constexpr std::array kMustBeZero{
    Sign{"restorewatch_events_parked_total",
         "Events were given up since the receiver {} did not take them."},
    Sign{"restorewatch_events_lost_total",
         "Events for {} were cut by retention before they were delivered."},
};

double value_of(const prometheus::MetricFamily& family, const prometheus::ClientMetric& metric) {
  return family.type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value;
}

std::string sentence_of(const Sign& sign, const prometheus::ClientMetric& metric) {
  const std::string name = metric.label.empty() ? "" : metric.label.front().value;
  return fmt::format(fmt::runtime(sign.sentence), name);
}

template <typename Signs>
void add_troubles(const Signs& signs, double good, const prometheus::MetricFamily& family,
                  std::vector<std::string>& troubles) {
  const auto sign = std::ranges::find(signs, family.name, &Sign::metric);
  if (sign == signs.end()) return;
  for (const auto& metric : family.metric) {
    if (value_of(family, metric) != good) troubles.push_back(sentence_of(*sign, metric));
  }
}

}  // namespace

std::vector<std::string> own_troubles(const Telemetry& telemetry) {
  std::vector<std::string> troubles;
  for (const prometheus::MetricFamily& family : telemetry.registry().Collect()) {
    add_troubles(kMustBeOne, 1, family, troubles);
    add_troubles(kMustBeZero, 0, family, troubles);
  }
  return troubles;
}

}  // namespace restorewatch
