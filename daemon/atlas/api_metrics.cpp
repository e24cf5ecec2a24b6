#include "atlas/api_metrics.h"

namespace restorewatch {
namespace {

constexpr int kFirstStatus = 100;
constexpr int kLastStatus = 599;

prometheus::Histogram::BucketBoundaries duration_bounds() {
  return {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};  // seconds
}

/// A server could send any number; only real statuses become labels.
std::string status_label(int status) {
  return status >= kFirstStatus && status <= kLastStatus ? std::to_string(status) : "other";
}

/// Finds the instrument, or makes it. (The family's own look-up hashes all labels each time.)
template <typename Group, typename... MadeWith>
auto& instrument(Group& group, std::string_view first, std::string_view second,
                 const MadeWith&... made_with) {
  auto [at, is_new] = group.held.try_emplace({std::string(first), std::string(second)}, nullptr);
  if (is_new) {
    prometheus::Labels labels{{group.first_label, at->first.first}};
    if (!group.second_label.empty()) labels.emplace(group.second_label, at->first.second);
    at->second = &group.family.Add(labels, made_with...);
  }
  return *at->second;
}

}  // namespace

ApiMetrics::ApiMetrics(Telemetry& telemetry)
    : requests_{telemetry.counter("restorewatch_api_requests_total",
                                  "Requests to Atlas by path template and status or error."),
                "endpoint",
                "code",
                {}},
      durations_{telemetry.histogram("restorewatch_api_request_duration_seconds",
                                     "Time to a whole answer, log-in included."),
                 "endpoint",
                 "",
                 {}},
      remaining_{telemetry.gauge("restorewatch_api_ratelimit_remaining",
                                 "Requests left in the bucket, as Atlas said last."),
                 "project_id",
                 "endpoint_set",
                 {}},
      limits_{telemetry.gauge("restorewatch_api_ratelimit_limit",
                              "Size of the bucket, as Atlas said last."),
              "project_id",
              "endpoint_set",
              {}},
      sunsets_{telemetry.gauge("restorewatch_api_version_sunset_timestamp_seconds",
                               "When Atlas shuts down the API version that is used."),
               "endpoint",
               "",
               {}},
      refreshes_{telemetry.counter("restorewatch_token_refreshes_total",
                                   "Requests for an access token by result."),
                 "credential",
                 "result",
                 {}},
      up_{telemetry.gauge("restorewatch_credential_up",
                          "1 after a success with the credential, 0 after it was refused."),
          "credential",
          "",
          {}},
      clock_offset_(telemetry.gauge("restorewatch_clock_offset_seconds",
                                    "Atlas's clock minus this machine's, at the last answer.")) {}

void ApiMetrics::answered(std::string_view endpoint, int status,
                          std::chrono::milliseconds elapsed) {
  instrument(requests_, endpoint, status_label(status)).Increment();
  instrument(durations_, endpoint, "", duration_bounds())
      .Observe(std::chrono::duration<double>(elapsed).count());
}

void ApiMetrics::failed(std::string_view endpoint, std::string_view reason) {
  instrument(requests_, endpoint, reason).Increment();
}

void ApiMetrics::rate_limit(std::string_view project_id, std::string_view endpoint_set,
                            double limit) {
  instrument(limits_, project_id, endpoint_set).Set(limit);
}

void ApiMetrics::rate_remaining(std::string_view project_id, std::string_view endpoint_set,
                                double remaining) {
  instrument(remaining_, project_id, endpoint_set).Set(remaining);
}

void ApiMetrics::version_sunset(std::string_view endpoint, WallTime when) {
  instrument(sunsets_, endpoint, "").Set(unix_seconds(when));
}

void ApiMetrics::token_refreshed(std::string_view credential, std::string_view result) {
  instrument(refreshes_, credential, result).Increment();
}

void ApiMetrics::credential_up(std::string_view credential, bool up) {
  instrument(up_, credential, "").Set(up ? 1 : 0);
}

void ApiMetrics::forget_credential(std::string_view credential) {
  const auto held = up_.held.find({std::string(credential), ""});
  if (held == up_.held.end()) return;
  up_.family.Remove(held->second);
  up_.held.erase(held);
}

void ApiMetrics::clock_offset(std::chrono::milliseconds offset) {
  clock_offset_.Add({}).Set(std::chrono::duration<double>(offset).count());
}

}  // namespace restorewatch
