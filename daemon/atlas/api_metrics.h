#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/telemetry.h"
#include "base/time.h"

namespace restorewatch {

/// The instruments of the API client. Label values are bounded: templates, statuses, kinds of
/// errors, configured names and project ids. On the loop's thread only.
class ApiMetrics {
 public:
  explicit ApiMetrics(Telemetry& telemetry);

  /// An answer. `endpoint` is a path template.
  void answered(std::string_view endpoint, int status, std::chrono::milliseconds elapsed);
  /// No answer; `reason` is an error kind's label.
  void failed(std::string_view endpoint, std::string_view reason);

  void rate_limit(std::string_view project_id, std::string_view endpoint_set, double limit);
  void rate_remaining(std::string_view project_id, std::string_view endpoint_set, double remaining);
  void version_sunset(std::string_view endpoint, WallTime when);

  /// `result` is "ok" or an error kind's label.
  void token_refreshed(std::string_view credential, std::string_view result);
  void credential_up(std::string_view credential, bool up);
  /// Nothing is said any more of whether the credential works.
  void forget_credential(std::string_view credential);

  /// Atlas's clock minus ours.
  void clock_offset(std::chrono::milliseconds offset);

 private:
  /// One family, and its instruments by the values of one or two labels.
  template <typename Instrument>
  struct Group {
    prometheus::Family<Instrument>& family;
    std::string first_label;
    std::string second_label;  // empty: there is one label only
    std::map<std::pair<std::string, std::string>, Instrument*> held;
  };

  Group<prometheus::Counter> requests_;
  Group<prometheus::Histogram> durations_;
  Group<prometheus::Gauge> remaining_;
  Group<prometheus::Gauge> limits_;
  Group<prometheus::Gauge> sunsets_;
  Group<prometheus::Counter> refreshes_;
  Group<prometheus::Gauge> up_;
  prometheus::Family<prometheus::Gauge>& clock_offset_;
};

}  // namespace restorewatch
