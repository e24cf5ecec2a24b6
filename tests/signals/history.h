#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "jobs/words.h"

namespace restorewatch::testing_signals {

/// Something that happens: in Atlas, on the way there, or to the daemon.
enum class Deed {
  Appear,          // a job: in `state`, requested `number` minutes ago
  Change,          // the job is in `state` now, even if that makes no sense; 0: its outcome shows
  LateEnd,         // its end is said to be in the future
  Retarget,        // it restores to somewhere else
  Unlist,          // it ages out of the list, but is still found by its id
  Vanish,          // it is neither listed nor found
  Return,          // it is both again
  Blur,            // its row cannot be read
  Clear,           // it can again
  Look,            // `number` rounds of looks; all goes well
  CutLook,         // one in which lists end with an error after `number` jobs
  FailedLook,      // one in which lists show nothing but an error
  UnansweredLook,  // one in which only `number` questions about single jobs are answered
  UnwrittenLook,   // one that the store cannot keep
  KilledLook,      // one whose result the store keeps, but the process dies before it hears so
  Restart,         // in good order, with a lookback of `number` minutes from now on
  Kill,            // and started again at once
  Down,            // for `number` minutes
  SwitchOff,       // the source of this job is not looked at any more
  SwitchOn,        // it is again
  Retention,       // cuts what is too old, and the daemon starts again
  SetClock,        // ours is set to `number` minutes from the true time
};
inline constexpr int kDeeds = 22;

struct Step {
  Deed deed = Deed::Look;
  int job = 1;  // from 1; odd ones are restores, even ones downloads
  JobState state = JobState::InProgress;
  int number = 1;
};

struct History {
  std::uint64_t seed = 0;
  int lookback = 0;      // minutes, at first
  int lost_after = 10;   // minutes
  int cluster_age = -1;  // minutes at the start; less than 0: it was there before anybody watched
  std::vector<Step> steps;
};

inline constexpr int kJobs = 8;

/// The same for the same seed, on every machine.
History make_history(std::uint64_t seed);

/// In lines, for people.
std::string to_text(const History& history);

/// A history that still `fails`, and from which no step can be taken without mending that.
History shrink(History history, const std::function<bool(const History&)>& fails);

}  // namespace restorewatch::testing_signals
