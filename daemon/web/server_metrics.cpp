#include "web/server_metrics.h"

#include <string>

namespace restorewatch {
namespace {

constexpr std::array<const char*, kTurnedReasons> kReasons{
    "malformed",  "too_large",    "too_slow",     "displaced",   "busy",
    "tls_failed", "unauthorized", "rate_limited", "foreign_host"};

}  // namespace

ServerMetrics::ServerMetrics(Telemetry& telemetry)
    : connections_(
          telemetry.gauge("restorewatch_http_connections", "Clients that are connected.").Add({})),
      requests_(telemetry.counter("restorewatch_http_requests_total",
                                  "Requests that were answered, by status.")),
      ok_(requests_.Add({{"code", "200"}})) {
  auto& family = telemetry.counter("restorewatch_http_turned_away_total",
                                   "Clients and requests that were not served, by reason.");
  for (std::size_t i = 0; i < kTurnedReasons; ++i) {
    turned_[i] = &family.Add({{"reason", kReasons[i]}});
  }
}

void ServerMetrics::show_connections(std::size_t count) {
  connections_.Set(static_cast<double>(count));
}

void ServerMetrics::count_answer(int status) {
  if (status == 200) return ok_.Increment();
  requests_.Add({{"code", std::to_string(status)}}).Increment();
}

void ServerMetrics::count(Turned reason) {
  turned_[static_cast<std::size_t>(reason)]->Increment();
}

}  // namespace restorewatch
