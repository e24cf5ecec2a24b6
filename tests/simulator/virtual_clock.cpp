#include "simulator/virtual_clock.h"

#include <utility>

namespace atlas_simulator {
namespace {

using Steady = std::chrono::steady_clock;

VirtualTime scaled(VirtualTime start, double factor, Steady::time_point begin) {
  const std::chrono::duration<double, std::milli> real = Steady::now() - begin;
  return start + std::chrono::duration_cast<Millis>(real * factor);
}

}  // namespace

VirtualClock::VirtualClock(VirtualTime start, double factor)
    : source_([=, begin = Steady::now()] { return scaled(start, factor, begin); }) {}

VirtualClock::VirtualClock(std::function<VirtualTime()> outside) : source_(std::move(outside)) {}

VirtualTime VirtualClock::now() const {
  return source_() + Millis(advanced_.load());
}

void VirtualClock::advance(Millis step) {
  advanced_ += step.count();
}

VirtualTime VirtualClock::real_now() {
  return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
}

}  // namespace atlas_simulator
