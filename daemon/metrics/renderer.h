#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/telemetry.h"
#include "jobs/snapshot.h"

namespace restorewatch {

/// Turns snapshots into the page for Prometheus, on a thread of its own, so that a scrape only
/// sends what is ready. If snapshots come faster than pages can be made, only the newest counts.
class Renderer {
 public:
  Renderer(const Clock& clock, Telemetry& telemetry);  // both must outlive it

  /// Makes pages until stopped. The body of the render thread.
  void run(const std::stop_token& stop);

  /// Hands over what to show next. Thread-safe.
  void submit(std::shared_ptr<const Snapshot> snapshot);

  /// The newest page; null before the first one. Thread-safe.
  std::shared_ptr<const std::string> page() const;

  /// Makes a page here and now.
  std::string render(const Snapshot& snapshot) const;

 private:
  void make_page(const Snapshot& snapshot);

  const Clock& clock_;
  const Telemetry& telemetry_;
  prometheus::Gauge& duration_;
  prometheus::Gauge& bytes_;

  mutable std::mutex mutex_;  // guards the two below
  std::shared_ptr<const Snapshot> next_;
  std::shared_ptr<const std::string> page_;
  std::condition_variable_any submitted_;
};

}  // namespace restorewatch
