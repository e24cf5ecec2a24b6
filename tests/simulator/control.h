#pragma once

#include <functional>

#include "simulator/answer.h"
#include "simulator/atlas.h"

namespace atlas_simulator {

inline constexpr std::string_view kControlPrefix = "/_sim/";

/// The API by which a test steers a simulator: paths under kControlPrefix, no authentication.
/// Thread-safe.
class Control {
 public:
  /// `counts` are the complete ones; `quit` must not wait for this answer. `atlas` must outlive it.
  Control(Atlas& atlas, std::function<RequestCounts()> counts, std::function<void()> quit);

  Answer answer(const ApiRequest& request);

 private:
  Answer add_faults(const std::string& text);
  Answer add_job(const std::string& text);
  Answer act(const Action& action);
  Answer advance(const ApiRequest& request);

  Atlas& atlas_;
  std::function<RequestCounts()> counts_;
  std::function<void()> quit_;
};

}  // namespace atlas_simulator
