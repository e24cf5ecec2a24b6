#include "metrics/renderer.h"

#include <iterator>
#include <utility>

#include "metrics/domain_families.h"
#include "metrics/encoder.h"
#include "metrics/self_families.h"

namespace restorewatch {

Renderer::Renderer(const Clock& clock, Telemetry& telemetry)
    : clock_(clock),
      telemetry_(telemetry),
      duration_(
          telemetry
              .gauge("restorewatch_render_duration_seconds", "How long making the last page took.")
              .Add({})),
      bytes_(telemetry.gauge("restorewatch_page_bytes", "Size of the last page.").Add({})) {}

void Renderer::run(const std::stop_token& stop) {
  while (true) {
    std::shared_ptr<const Snapshot> snapshot;
    {
      std::unique_lock lock(mutex_);
      if (!submitted_.wait(lock, stop, [&] { return next_ != nullptr; })) return;
      snapshot = std::exchange(next_, nullptr);
    }
    make_page(*snapshot);
  }
}

void Renderer::submit(std::shared_ptr<const Snapshot> snapshot) {
  const std::lock_guard lock(mutex_);
  next_ = std::move(snapshot);
  submitted_.notify_one();
}

std::shared_ptr<const std::string> Renderer::page() const {
  const std::lock_guard lock(mutex_);
  return page_;
}

std::string Renderer::render(const Snapshot& snapshot) const {
  std::vector<Family> families = domain_families(snapshot);
  for (const auto& more : {self_families(telemetry_), process_families()}) {
    families.insert(families.end(), more.begin(), more.end());
  }
  return encode_text(std::move(families));
}

void Renderer::make_page(const Snapshot& snapshot) {
  const SteadyTime begun = clock_.steady_now();
  auto page = std::make_shared<const std::string>(render(snapshot));
  duration_.Set(std::chrono::duration<double>(clock_.steady_now() - begun).count());
  bytes_.Set(static_cast<double>(page->size()));
  const std::lock_guard lock(mutex_);
  page_ = std::move(page);
}

}  // namespace restorewatch
