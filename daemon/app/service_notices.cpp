#include "app/service_notices.h"

#include <fmt/format.h>

#include <algorithm>

namespace restorewatch {
namespace {

/// Four looks: a part that hangs at one of them is given the time of one more before it counts.
constexpr int kLooksPerBite = 4;

bool hangs(const Progress& before, const Progress& now) {
  return before.has_work && now.has_work && before.done == now.done;
}

}  // namespace

ServiceNotices::ServiceNotices(std::optional<std::chrono::microseconds> watchdog, Deps deps)
    : watchdog_(watchdog), deps_(std::move(deps)), next_look_(deps_.clock.steady_now()) {}

void ServiceNotices::starting() {
  if (deps_.tell) deps_.tell("STATUS=opening the store");
}

void ServiceNotices::ready(const std::string& status) {
  if (deps_.tell) deps_.tell("READY=1\nSTATUS=" + status);
}

void ServiceNotices::reloading() {
  if (!deps_.tell) return;
  const auto now = deps_.clock.steady_now().time_since_epoch();  // CLOCK_MONOTONIC, as is wanted
  deps_.tell(fmt::format("RELOADING=1\nMONOTONIC_USEC={}\nSTATUS=reading the configuration anew",
                         std::chrono::floor<std::chrono::microseconds>(now).count()));
}

void ServiceNotices::stopping() {
  if (deps_.tell) deps_.tell("STOPPING=1\nSTATUS=storing and telling what was seen last");
}

std::optional<SteadyTime> ServiceNotices::next_look() const {
  return deps_.tell ? std::optional(next_look_) : std::nullopt;
}

void ServiceNotices::look(const std::function<Vitals()>& vitals) {
  const SteadyTime now = deps_.clock.steady_now();
  if (!deps_.tell || now < next_look_) return;
  next_look_ = now + kLongestPause;
  if (watchdog_) next_look_ = std::min<SteadyTime>(next_look_, now + *watchdog_ / kLooksPerBite);
  const Vitals current = vitals();
  const std::string_view part = hanging(current.parts);
  note(part);
  last_ = current.parts;
  if (!part.empty()) return deps_.tell(fmt::format("STATUS=hangs: {}; {}", part, current.status));
  deps_.tell((watchdog_ ? "WATCHDOG=1\nSTATUS=" : "STATUS=") + current.status);
}

/// Empty: none is.
std::string_view ServiceNotices::hanging(const std::vector<Vitals::Part>& parts) const {
  for (std::size_t i = 0; i < parts.size() && i < last_.size(); ++i) {
    if (hangs(last_[i].progress, parts[i].progress)) return parts[i].name;
  }
  return {};
}

void ServiceNotices::note(std::string_view hanging) {
  if (hanging == told_hanging_) return;
  told_hanging_ = hanging;
  if (hanging.empty()) return deps_.log.info("what had hung goes on");
  deps_.log.error("a part of the daemon hangs; the watchdog will end it unless it goes on",
                  {{"part", hanging}});
}

}  // namespace restorewatch
