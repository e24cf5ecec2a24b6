#include "poller/outage.h"

#include <algorithm>

namespace restorewatch {

void Outage::failed(SteadyTime now) {
  if (!answered_at_) answered_at_ = now;  // as good as any time before the first look
  if (failures_ < kFailures) ++failures_;
  is_on_ = is_on_ || (failures_ >= kFailures && now - *answered_at_ >= kSilence);
  if (!is_on() || now < next_try_) return;  // looks that were under way tell nothing new
  next_try_ = now + wait_;
  wait_ = std::min(2 * wait_, kLongestWait);
}

void Outage::tried(SteadyTime now) {
  if (is_on()) next_try_ = std::max(next_try_, now + wait_);
}

void Outage::answered(SteadyTime now) {
  *this = Outage();
  answered_at_ = now;
}

}  // namespace restorewatch
