#include "poller/sweep.h"

#include <algorithm>

namespace restorewatch {

void Sweep::add(std::size_t target) {
  if (target >= looked_.size()) looked_.resize(target + 1, Look::NotATarget);
  if (looked_[target] != Look::NotATarget) return;
  looked_[target] = Look::None;
  ++waiting_for_;
}

void Sweep::remove(std::size_t target) {
  if (looked_[target] == Look::None) --waiting_for_;
  looked_[target] = Look::NotATarget;
}

void Sweep::looked_at(std::size_t target, bool ok) {
  if (looked_[target] == Look::NotATarget) return;
  if (looked_[target] == Look::None) --waiting_for_;
  looked_[target] = ok ? Look::Ok : Look::Failed;
}

std::optional<Sweep::Round> Sweep::completed(SteadyTime now) {
  if (!settled_ || waiting_for_ > 0) return std::nullopt;
  const Round round{now - start_,
                    static_cast<std::size_t>(std::ranges::count(looked_, Look::Failed))};
  for (Look& look : looked_) {
    if (look == Look::NotATarget) continue;
    look = Look::None;
    ++waiting_for_;
  }
  start_ = now;
  return round;
}

}  // namespace restorewatch
