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
    auto page = page_;
    was_asked_in_vain_ = false;
    lock.unlock();

    const SteadyTime begun = clock_.steady_now();
    if (snapshot) page = make_page(std::move(snapshot));
    auto gzipped = compress(page);
    duration_.Set(std::chrono::duration<double>(clock_.steady_now() - begun).count());
    lock.lock();
    page_ = std::move(page);
    gzipped_ = std::move(gzipped);
  }
}

void Renderer::submit(std::shared_ptr<const Snapshot> snapshot) {
  const std::lock_guard lock(mutex_);
  next_ = std::move(snapshot);
  changed_.notify_one();
}

std::optional<SharedText> Renderer::page() const {
  const std::lock_guard lock(mutex_);
  return page_;
}

std::optional<SharedText> Renderer::gzipped_page() {
  const SteadyTime now = clock_.steady_now();
  const std::lock_guard lock(mutex_);
  gzip_asked_at_ = now;
  if (page_ && !gzipped_) {
    was_asked_in_vain_ = true;
    changed_.notify_one();
  }
  return gzipped_;
}

std::string Renderer::render(const Snapshot& snapshot) const {
  // The snapshot outlives this call, so nobody has to own it.
  const std::shared_ptr<const Snapshot> borrowed(std::shared_ptr<const Snapshot>(), &snapshot);
  return PageMaker().make(borrowed, own_families(telemetry_)).whole();
}

SharedText Renderer::make_page(std::shared_ptr<const Snapshot> snapshot) {
  SharedText page = maker_.make(std::move(snapshot), own_families(telemetry_));
  bytes_.Set(static_cast<double>(page.size()));
  return page;
}

std::optional<SharedText> Renderer::compress(const std::optional<SharedText>& page) {
  if (page && is_gzip_wanted()) return gzip_.make(*page);
  gzip_.forget();
  return std::nullopt;
}

bool Renderer::is_gzip_wanted() const {
  const SteadyTime now = clock_.steady_now();
  const std::lock_guard lock(mutex_);
  return gzip_asked_at_ && now - *gzip_asked_at_ < kGzipFor;
}

}  // namespace restorewatch
