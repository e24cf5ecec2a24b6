#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "base/telemetry.h"
#include "store/sqlite_store.h"

namespace restorewatch {

inline StoreOptions options_for(const std::string& path) {
  StoreOptions options;
  options.path = path;
  return options;
}

/// A SqliteStore with what it needs; throws where it cannot be opened.
class OpenStore {
 public:
  explicit OpenStore(const std::string& path) : OpenStore(options_for(path)) {}
  explicit OpenStore(StoreOptions options) : OpenStore(std::move(options), system_clock_) {}
  OpenStore(StoreOptions options, const Clock& clock) {
    auto opened = SqliteStore::open(std::move(options), {clock, telemetry_, Log(clock, {})});
    if (!opened) throw std::runtime_error(opened.error().detail);
    store_ = std::move(*opened);
  }

  SqliteStore& store() { return *store_; }
  SqliteStore* operator->() { return store_.get(); }

  /// Of the series of that name that has the label value, where one is given.
  std::optional<prometheus::ClientMetric> metric(const std::string& name,
                                                 const std::string& label_value = "") const {
    for (const prometheus::MetricFamily& family : telemetry_.registry().Collect()) {
      if (family.name != name) continue;
      for (const prometheus::ClientMetric& metric : family.metric) {
        const bool labelled = !metric.label.empty() && metric.label.front().value == label_value;
        if (label_value.empty() || labelled) return metric;
      }
    }
    return std::nullopt;
  }
  double counter(const std::string& name, const std::string& label_value = "") const {
    const auto found = metric(name, label_value);
    return found ? found->counter.value : -1;
  }
  double gauge(const std::string& name) const {
    const auto found = metric(name);
    return found ? found->gauge.value : -1;
  }
  std::uint64_t transactions() const {
    return metric("restorewatch_store_commit_duration_seconds")->histogram.sample_count;
  }

 private:
  SystemClock system_clock_;
  Telemetry telemetry_;
  std::unique_ptr<SqliteStore> store_;
};

/// Why a store cannot be opened there; fails the test where it can.
inline Error refusal_of(const std::string& path) {
  const SystemClock clock;
  Telemetry telemetry;
  auto opened = SqliteStore::open(options_for(path), {clock, telemetry, Log()});
  if (!opened) return opened.error();
  ADD_FAILURE() << path << " was opened";
  return {};
}

}  // namespace restorewatch
