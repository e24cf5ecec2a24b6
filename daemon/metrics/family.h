#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace restorewatch {

/// Cumulative, as exposed: each bucket counts everything up to its bound, the last bound is +Inf.
struct HistogramValue {
  std::vector<std::pair<double, double>> buckets;
  double sum = 0;
  double count = 0;
};

struct Series {
  std::string labels;  // as written between the braces, escaped; empty for none
  double value = 0;
  std::shared_ptr<const HistogramValue> histogram{};  // of histograms only, instead of the value
};

/// A metric and its series, in the one shape that everything on the page goes through.
struct Family {
  std::string name;
  std::string help;
  std::string_view type;  // "gauge", "counter", "histogram", "untyped"
  std::vector<Series> series;
};

/// Writes `name="value"` pairs in the order given, values escaped.
class Labels {
 public:
  Labels& add(std::string_view name, std::string_view value) &;
  Labels&& add(std::string_view name, std::string_view value) &&;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace restorewatch
