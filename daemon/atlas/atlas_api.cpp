#include "atlas/atlas_api.h"

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

constexpr std::size_t kMaxPageSize = 500;  // the API's

AtlasOptions cleaned(AtlasOptions options) {
  while (options.base_url.ends_with('/')) options.base_url.pop_back();
  options.page_size = std::clamp<std::size_t>(options.page_size, 1, kMaxPageSize);
  return options;
}

}  // namespace

AtlasApi::AtlasApi(AtlasOptions from_options, Telemetry& telemetry, HttpTransport& transport,
                   Loop& on_loop, CallBudget& budget, const Clock& clock, Log to_log)
    : options(cleaned(std::move(from_options))),
      loop(on_loop),
      log(std::move(to_log)),
      metrics(telemetry),
      caller(options, {transport, loop, clock, metrics, log}, budget),
      calls(caller, loop) {}

void AtlasApi::reconfigure(AtlasOptions to_options) {
  to_options.base_url = options.base_url;
  options = cleaned(std::move(to_options));
  caller.reconfigure(options);
}

}  // namespace restorewatch
