#include "metrics/self_families.h"

#include <prometheus/metric_family.h>

#include <algorithm>

namespace restorewatch {
namespace {

std::string_view type_name(prometheus::MetricType type) {
  switch (type) {
    case prometheus::MetricType::Counter:
      return "counter";
    case prometheus::MetricType::Gauge:
      return "gauge";
    case prometheus::MetricType::Histogram:
      return "histogram";
    case prometheus::MetricType::Summary:
    case prometheus::MetricType::Untyped:
      return "untyped";
  }
  return "untyped";
}

std::string labels_of(const prometheus::ClientMetric& metric) {
  auto pairs = metric.label;
  std::sort(pairs.begin(), pairs.end());  // prometheus-cpp keeps them in a hash map's order
  Labels labels;
  for (const auto& pair : pairs) labels.add(pair.name, pair.value);
  return labels.text();
}

std::shared_ptr<const HistogramValue> histogram_of(const prometheus::ClientMetric& metric) {
  auto value = std::make_shared<HistogramValue>();
  value->sum = metric.histogram.sample_sum;
  value->count = static_cast<double>(metric.histogram.sample_count);
  for (const auto& bucket : metric.histogram.bucket) {
    value->buckets.emplace_back(bucket.upper_bound, static_cast<double>(bucket.cumulative_count));
  }
  return value;
}

Series series_of(prometheus::MetricType type, const prometheus::ClientMetric& metric) {
  Series series{labels_of(metric)};
  switch (type) {
    case prometheus::MetricType::Counter:
      series.value = metric.counter.value;
      break;
    case prometheus::MetricType::Gauge:
      series.value = metric.gauge.value;
      break;
    case prometheus::MetricType::Histogram:
      series.histogram = histogram_of(metric);
      break;
    case prometheus::MetricType::Summary:
      break;  // none of our instruments is one
    case prometheus::MetricType::Untyped:
      series.value = metric.untyped.value;
      break;
  }
  return series;
}

}  // namespace

std::vector<Family> self_families(const Telemetry& telemetry) {
  std::vector<Family> families;
  for (const prometheus::MetricFamily& collected : telemetry.registry().Collect()) {
    Family family{collected.name, collected.help, type_name(collected.type), {}};
    for (const auto& metric : collected.metric) {
      family.series.push_back(series_of(collected.type, metric));
    }
    families.push_back(std::move(family));
  }
  return families;
}

}  // namespace restorewatch
