#include "poller/upkeep.h"

#include <utility>

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours kDay{24};

/// While the clock is not known to be right.
constexpr minutes kAskAgainAfter{1};

/// A clock that is wrong by less takes no more than that off three years. One that is wrong by
/// years, as after a reset, would have everything cut.
constexpr hours kTolerance{1};

}  // namespace

Upkeep::Upkeep(std::chrono::milliseconds retention, Deps deps)
    : retention_(retention), deps_(std::move(deps)) {}

void Upkeep::start() {
  announce_head();
  cut_old();
}

void Upkeep::announce_head() {
  if (stopping_) return;
  Note head;
  head.kind = NoteKind::HeadAnnounced;
  head.at = deps_.clock.wall_now();
  deps_.notes.record({head}, [this](CommitStatus status) {
    deps_.loop.post([this, status] { again_after(status, [this] { announce_head(); }); });
  });
}

/// What could not be written, as on a full disk, does not wait for tomorrow.
void Upkeep::again_after(CommitStatus status, std::function<void()> work) {
  const std::chrono::seconds pause = status == CommitStatus::Committed ? kDay : kAskAgainAfter;
  deps_.loop.at(deps_.clock.steady_now() + pause, std::move(work));
}

void Upkeep::cut_old() {
  if (stopping_) return;
  const SteadyTime now = deps_.clock.steady_now();
  const auto offset = deps_.clock_offset();
  if (!offset || std::chrono::abs(*offset) > kTolerance) {
    if (offset && !std::exchange(told_of_clock_, true)) {
      deps_.log.warn("nothing is cut from the journal while this machine's clock is wrong",
                     {{"seconds", std::chrono::duration<double>(*offset).count()}});
    }
    deps_.loop.at(now + kAskAgainAfter, [this] { cut_old(); });
    return;
  }
  told_of_clock_ = false;
  const WallTime at = deps_.clock.wall_now();
  const WallTime horizon = at - retention_;
  deps_.jobs.forget(horizon, at, [this, horizon](CommitStatus status) {
    deps_.loop.post([this, horizon, status] {
      if (status == CommitStatus::Committed && deps_.on_forgotten) deps_.on_forgotten(horizon);
      again_after(status, [this] { cut_old(); });
    });
  });
}

}  // namespace restorewatch
