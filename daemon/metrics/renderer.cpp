#include "metrics/renderer.h"

#include <iterator>
#include <utility>
#include <vector>

#include "metrics/self_families.h"

namespace restorewatch {
namespace {

/// What the daemon says of itself.
std::vector<Family> own_families(const Telemetry& telemetry) {
  std::vector<Family> families = self_families(telemetry);
  std::ranges::move(process_families(), std::back_inserter(families));
  return families;
}

}  // namespace

Renderer::Renderer(const Clock& clock, Telemetry& telemetry)
    : clock_(clock),
      telemetry_(telemetry),
      duration_(telemetry
                    .gauge("restorewatch_render_duration_seconds",
                           "How long making and compressing the last page took.")
                    .Add({})),
      bytes_(telemetry.gauge("restorewatch_page_bytes", "Size of the last page.").Add({})) {}

void Renderer::run(const std::stop_token& stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [&] { return next_ || was_asked_in_vain_; })) return;
    auto snapshot = std::exchange(next_, nullptr);
    auto pages = pages_;
    was_asked_in_vain_ = false;
    lock.unlock();

    const SteadyTime begun = clock_.steady_now();
    if (snapshot) pages = make_pages(std::move(snapshot));
    auto gzipped = compress(pages);
    duration_.Set(std::chrono::duration<double>(clock_.steady_now() - begun).count());
    lock.lock();
    pages_ = std::move(pages);
    gzipped_ = std::move(gzipped);
  }
}

void Renderer::submit(std::shared_ptr<const Snapshot> snapshot) {
  const std::lock_guard lock(mutex_);
  next_ = std::move(snapshot);
  changed_.notify_one();
}

std::optional<SharedText> Renderer::page(PageFormat format) const {
  const std::lock_guard lock(mutex_);
  return pages_ ? std::optional(pages_->in(format)) : std::nullopt;
}

std::optional<SharedText> Renderer::gzipped_page(PageFormat format) {
  const SteadyTime now = clock_.steady_now();
  const std::lock_guard lock(mutex_);
  gzip_asked_at_[index_of(format)] = now;
  if (pages_ && !gzipped_[index_of(format)]) {
    was_asked_in_vain_ = true;
    changed_.notify_one();
  }
  return gzipped_[index_of(format)];
}

std::string Renderer::render(const Snapshot& snapshot) const {
  // The snapshot outlives this call, so nobody has to own it.
  const std::shared_ptr<const Snapshot> borrowed(std::shared_ptr<const Snapshot>(), &snapshot);
  return PageMaker().make(borrowed, own_families(telemetry_)).text.whole();
}

Pages Renderer::make_pages(std::shared_ptr<const Snapshot> snapshot) {
  Pages pages = maker_.make(std::move(snapshot), own_families(telemetry_));
  bytes_.Set(static_cast<double>(pages.text.size()));
  return pages;
}

/// What both formats share is compressed once.
Renderer::Bodies Renderer::compress(const std::optional<Pages>& pages) {
  Bodies bodies;
  bool is_any_wanted = false;
  const auto wanted = wanted_as_gzip();
  for (const PageFormat format : {PageFormat::Text, PageFormat::OpenMetrics}) {
    if (!pages || !wanted[index_of(format)]) continue;
    bodies[index_of(format)] = gzip_.make(pages->in(format));
    is_any_wanted = true;
  }
  if (!is_any_wanted) gzip_.forget();
  return bodies;
}

std::array<bool, kPageFormatCount> Renderer::wanted_as_gzip() const {
  const SteadyTime now = clock_.steady_now();
  const std::lock_guard lock(mutex_);
  std::array<bool, kPageFormatCount> wanted{};
  for (std::size_t i = 0; i < kPageFormatCount; ++i) {
    wanted[i] = gzip_asked_at_[i] && now - *gzip_asked_at_[i] < kGzipFor;
  }
  return wanted;
}

}  // namespace restorewatch
