// Serves a page as the daemon does, while the fleet that it shows is looked at, for a while:
//   page_server SERIES SECONDS [FILE]
// Prints the port, and writes the first page to the file, for another server to compare with. At
// the end it tells what the render thread has cost.

#include <pthread.h>

#include <charconv>
#include <condition_variable>
#include <ctime>
#include <fstream>
#include <iostream>
#include <thread>

#include "base/clock.h"
#include "bench/page_samples.h"
#include "fakes/served.h"
#include "http/routes.h"
#include "metrics/renderer.h"

namespace restorewatch {
namespace {

/// What a budget of 10,000 requests a minute allows.
constexpr std::size_t kLooksPerSecond = 167;
constexpr int kProjects = 100;

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// As many of the daemon's own series as a large organization gives it.
void add_instruments(Telemetry& telemetry) {
  for (const char* name :
       {"restorewatch_api_ratelimit_limit", "restorewatch_api_ratelimit_remaining"}) {
    auto& family = telemetry.gauge(name, "As Atlas tells.");
    for (int i = 0; i < kProjects; ++i) {
      const std::string project = std::to_string(i);
      family.Add({{"project_id", project}, {"endpoint_set", "backup"}}).Set(i);
      family.Add({{"project_id", project}, {"endpoint_set", "clusters"}}).Set(i);
    }
  }
}

double cpu_seconds(pthread_t thread) {
  clockid_t clock{};
  timespec used{};
  if (pthread_getcpuclockid(thread, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

HttpContent content_of(Renderer& renderer) {
  HttpContent content;
  content.metrics = [&renderer](PageFormat format, bool likes_gzip) -> ReadyPage {
    if (likes_gzip) {
      if (auto gzipped = renderer.gzipped_page(format)) return {std::move(gzipped), true};
    }
    return {renderer.page(format), false};
  };
  content.not_ready_because = [] { return std::vector<std::string>(); };
  return content;
}

/// Looks at clusters, a second's worth once a second.
void look_around(SampleFleet& fleet, Renderer& renderer, std::size_t seconds) {
  std::mutex mutex;
  std::condition_variable never;
  const auto begun = std::chrono::steady_clock::now();
  for (std::size_t i = 1; i <= seconds; ++i) {
    std::unique_lock lock(mutex);
    never.wait_until(lock, begun + std::chrono::seconds(i), [] { return false; });
    fleet.look_at(kLooksPerSecond);
    renderer.submit(fleet.snapshot());
  }
}

int serve(std::size_t series, std::size_t seconds, const char* file) {
  const SystemClock clock;
  Telemetry telemetry;
  add_instruments(telemetry);
  Renderer renderer(clock, telemetry);
  SampleFleet fleet(series / kSeriesPerCluster);
  if (file != nullptr) std::ofstream(file) << renderer.render(*fleet.snapshot());
  renderer.submit(fleet.snapshot());
  std::jthread render([&](const std::stop_token& stop) { renderer.run(stop); });
  const Served served(routes(content_of(renderer)));
  while (!renderer.page(PageFormat::OpenMetrics)) std::this_thread::yield();  // else 503
  std::cout << "port " << served.port() << std::endl;
  look_around(fleet, renderer, seconds);
  std::cout << "render_core_share "
            << cpu_seconds(render.native_handle()) / static_cast<double>(seconds) << std::endl;
  return 0;
}

}  // namespace
}  // namespace restorewatch

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: page_server SERIES SECONDS [FILE]\n";
    return 2;
  }
  return restorewatch::serve(restorewatch::number(argv[1]), restorewatch::number(argv[2]),
                             argc > 3 ? argv[3] : nullptr);
}
