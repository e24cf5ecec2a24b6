#include "signals/history.h"

#include <algorithm>
#include <array>
#include <random>
#include <span>
#include <string_view>

#include <fmt/format.h>

namespace restorewatch::testing_signals {
namespace {

constexpr std::array<std::string_view, kDeeds> kNames{
    "appear",     "change",         "late end",    "retarget", "unlist",   "vanish",
    "return",     "blur",           "clear",       "look",     "cut look", "failed look",
    "unanswered", "unwritten look", "killed look", "restart",  "kill",     "down",
    "switch off", "switch on",      "retention",   "set clock"};

/// How often each comes, in the order of Deed. Without looks in between nothing else shows.
constexpr std::array<int, kDeeds> kWeights{14, 14, 1, 1, 3, 4, 3, 2, 2, 30, 4,
                                           2,  3,  3, 3, 2, 2, 3, 2, 3, 2,  3};

constexpr std::array kRestoreStates{JobState::Pending,    JobState::Queued,     JobState::Running,
                                    JobState::InProgress, JobState::InProgress, JobState::Completed,
                                    JobState::Completed,  JobState::Failed,     JobState::Cancelled,
                                    JobState::Expired,    JobState::Unknown};
constexpr std::array kDownloadStates{JobState::InProgress, JobState::Ready, JobState::Ready,
                                     JobState::Expired, JobState::Failed};

/// std::uniform_int_distribution is not the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  int below(int end) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(end)); }
  template <typename Range>
  auto of(const Range& range) {
    return range[static_cast<std::size_t>(below(static_cast<int>(std::size(range))))];
  }

 private:
  std::mt19937_64 engine_;
};

Deed pick_deed(Dice& dice) {
  int total = 0;
  for (const int weight : kWeights) total += weight;
  int at = dice.below(total);
  std::size_t deed = 0;
  while (at >= kWeights.at(deed)) at -= kWeights.at(deed++);
  return static_cast<Deed>(deed);
}

int pick_number(Deed deed, Dice& dice) {
  switch (deed) {
    case Deed::Appear:  // before retention's horizon, before the lookback, and just now
      return dice.of(std::array{0, 0, 1, 5, 20, 45, 90, 200, 300});
    case Deed::Look:
      return dice.of(std::array{1, 1, 1, 2, 3, 9, 12});
    case Deed::Restart:
      return dice.of(std::array{0, 0, 30, 120});
    case Deed::Down:
      return dice.of(std::array{1, 8, 30, 150, 400});
    case Deed::SetClock:  // ten years are beyond every horizon
      return dice.of(std::array{-10 * 525'600, -180, -20, 0, 0, 20, 180, 10 * 525'600});
    default:
      return dice.below(4);
  }
}

Step make_step(int jobs, Dice& dice) {
  Step step;
  step.deed = pick_deed(dice);
  step.job = 1 + dice.below(jobs);
  step.state = step.job % 2 == 1 ? dice.of(kRestoreStates) : dice.of(kDownloadStates);
  step.number = pick_number(step.deed, dice);
  return step;
}

/// Only what the step depends on.
std::string to_text(const Step& step) {
  const auto name = kNames.at(static_cast<std::size_t>(step.deed));
  switch (step.deed) {
    case Deed::Appear:
      return fmt::format("job {} appears, {}, requested {} min ago", step.job, label(step.state),
                         step.number);
    case Deed::Change:
      return fmt::format("job {} is {}{}", step.job, label(step.state),
                         step.number == 0 ? ", its outcome known" : "");
    case Deed::LateEnd:
    case Deed::Retarget:
    case Deed::Unlist:
    case Deed::Vanish:
    case Deed::Return:
    case Deed::Blur:
    case Deed::Clear:
      return fmt::format("job {} {}", step.job, name);
    case Deed::SwitchOff:
    case Deed::SwitchOn:
      return fmt::format("{} of job {}'s source", name, step.job);
    case Deed::FailedLook:
    case Deed::UnwrittenLook:
    case Deed::KilledLook:
    case Deed::Kill:
    case Deed::Retention:
      return std::string(name);
    default:
      return fmt::format("{} {}", name, step.number);
  }
}

History without(History history, std::size_t at, std::size_t length) {
  const auto first = history.steps.begin() + static_cast<std::ptrdiff_t>(at);
  const auto last = static_cast<std::ptrdiff_t>(std::min(at + length, history.steps.size()));
  history.steps.erase(first, history.steps.begin() + last);
  return history;
}

}  // namespace

History make_history(std::uint64_t seed) {
  Dice dice(seed);
  History history;
  history.seed = seed;
  history.lookback = dice.of(std::array{0, 0, 0, 30, 120});
  history.lost_after = dice.of(std::array{2, 5, 10});
  history.cluster_age = dice.of(std::array{-1, -1, 10, 60});
  const int jobs = dice.of(std::array{1, 2, 4, kJobs});
  const int length = 5 + dice.below(40);
  for (int i = 0; i < length; ++i) history.steps.push_back(make_step(jobs, dice));
  history.steps.push_back({Deed::Look, 1, JobState::InProgress, 1});
  return history;
}

std::string to_text(const History& history) {
  std::string text = fmt::format(
      "seed {}: lookback {} min, lost after {} min, {}\n", history.seed, history.lookback,
      history.lost_after,
      history.cluster_age < 0
          ? "an old cluster"
          : fmt::format("a cluster of {} min in a watched project", history.cluster_age));
  for (const Step& step : history.steps) text += "  " + to_text(step) + "\n";
  return text;
}

History shrink(History history, const std::function<bool(const History&)>& fails) {
  std::size_t before = 0;
  do {
    before = history.steps.size();
    for (std::size_t length = before; length > 0; length /= 2) {
      for (std::size_t at = 0; at < history.steps.size();) {
        History shorter = without(history, at, length);
        if (fails(shorter)) {
          history = std::move(shorter);
        } else {
          at += length;
        }
      }
    }
  } while (history.steps.size() < before);
  return history;
}

}  // namespace restorewatch::testing_signals
