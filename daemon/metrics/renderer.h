#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/page_format.h"
#include "base/shared_text.h"
#include "base/telemetry.h"
#include "jobs/snapshot.h"
#include "metrics/gzip_maker.h"
#include "metrics/page_maker.h"

namespace restorewatch {

/// Turns snapshots into the page for Prometheus, on a thread of its own, so that a scrape only
/// sends what is ready. If snapshots come faster than pages can be made, only the newest counts.
class Renderer {
 public:
  /// How long after the last request for gzip each page is compressed.
  static constexpr std::chrono::minutes kGzipFor{5};

  Renderer(const Clock& clock, Telemetry& telemetry);  // both must outlive it

  /// Makes pages until stopped. The body of the render thread.
  void run(const std::stop_token& stop);

  /// Hands over what to show next. Thread-safe.
  void submit(std::shared_ptr<const Snapshot> snapshot);

  /// The newest page; none before the first one. Thread-safe.
  std::optional<SharedText> page(PageFormat format) const;

  /// The same compressed, and none where nobody has asked for that lately: then the next one who
  /// asks will find it. Never waits for it. Thread-safe.
  std::optional<SharedText> gzipped_page(PageFormat format);

  /// Makes a page here and now, from nothing but the snapshot, in the text format. Thread-safe.
  std::string render(const Snapshot& snapshot) const;

 private:
  using Bodies = std::array<std::optional<SharedText>, kPageFormatCount>;  // by format

  Pages make_pages(std::shared_ptr<const Snapshot> snapshot);
  Bodies compress(const std::optional<Pages>& pages);
  std::array<bool, kPageFormatCount> wanted_as_gzip() const;

  const Clock& clock_;
  const Telemetry& telemetry_;
  prometheus::Gauge& duration_;
  prometheus::Gauge& bytes_;

  PageMaker maker_;  // the render thread's, as is the next one
  GzipMaker gzip_;

  mutable std::mutex mutex_;  // guards those below
  std::shared_ptr<const Snapshot> next_;
  std::optional<Pages> pages_;
  Bodies gzipped_;  // of the same page
  std::array<std::optional<SteadyTime>, kPageFormatCount> gzip_asked_at_;
  bool was_asked_in_vain_ = false;  // for gzip, since the last page
  std::condition_variable_any changed_;
};

}  // namespace restorewatch
