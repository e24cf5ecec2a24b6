#include "events/sink_metrics.h"

#include <algorithm>

namespace restorewatch {

// A family that exists already is the same one for every sink.
SinkMetrics::SinkMetrics(Telemetry& telemetry, const std::string& sink)
    : delivered_family_(
          telemetry.counter("restorewatch_events_delivered_total", "Events delivered, by sink.")),
      parked_family_(telemetry.counter("restorewatch_events_parked_total",
                                       "Events given up because their receiver refuses them.")),
      lost_family_(
          telemetry.counter("restorewatch_events_lost_total",
                            "Journal entries that retention cut before the sink had got to them.")),
      pending_family_(telemetry.gauge("restorewatch_events_pending",
                                      "Journal entries that a sink has not got to yet.")),
      delivered_(delivered_family_.Add({{"sink", sink}})),
      parked_(parked_family_.Add({{"sink", sink}})),
      lost_(lost_family_.Add({{"sink", sink}})),
      pending_(pending_family_.Add({{"sink", sink}})) {}

SinkMetrics::~SinkMetrics() {
  delivered_family_.Remove(&delivered_);
  parked_family_.Remove(&parked_);
  lost_family_.Remove(&lost_);
  pending_family_.Remove(&pending_);
}

void SinkMetrics::show_pending(std::uint64_t cursor, std::uint64_t last_seq) {
  pending_.Set(static_cast<double>(last_seq - std::min(last_seq, cursor)));
}

}  // namespace restorewatch
