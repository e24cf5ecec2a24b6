#include "jobs/explanation.h"

#include <algorithm>
#include <span>

#include "jobs/state_rules.h"

namespace restorewatch {
namespace {

constexpr const char* kLost =
    "Atlas no longer has it: it was not found twice, or its cluster is gone";

bool has_flags(Source source) {
  return source == Source::Dedicated || source == Source::Serverless;
}

std::span<const WordRule> words_of(Source source) {
  return source == Source::Collection ? collection_words() : status_words();
}

/// "status is COMPLETED or CLOSED"
template <typename Fits>
std::string said_by_words(Source source, Fits fits) {
  std::string words;
  for (const WordRule& rule : words_of(source)) {
    if (!fits(rule)) continue;
    words += (words.empty() ? "" : " or ") + std::string(rule.word);
  }
  if (words.empty()) return "the answer holds a word that this version does not know";
  return (source == Source::Collection ? "state is " : "status is ") + words;
}

std::string said_by_flags(JobState state) {
  const auto rules = state_rules();
  const auto rule = std::ranges::find(rules, state, &StateRule::state);
  return rule == rules.end() ? "no rule gives this state" : std::string(rule->because);
}

std::string end_said_by_flags(Outcome outcome, const RestoreJob& job) {
  switch (outcome) {
    case Outcome::Failed:
      return said_by_flags(JobState::Failed);
    case Outcome::Cancelled:
      return said_by_flags(JobState::Cancelled);
    case Outcome::Completed:
      if (job.finished_at) return said_by_flags(JobState::Completed);
      return "a download that had its link (deliveryUrl or expiresAt was given)";
    case Outcome::Expired:
      return "expired is true, and there was neither an end nor a link before";
    case Outcome::Lost:
      return kLost;
  }
  return {};
}

}  // namespace

std::string reason_of_state(Source source, const RestoreJob& job) {
  if (job.state == JobState::Lost) return kLost;
  if (has_flags(source)) return said_by_flags(job.state);
  return said_by_words(source, [&](const WordRule& rule) { return rule.state == job.state; });
}

std::string reason_of_outcome(Source source, const TrackedJob& tracked) {
  if (!tracked.outcome) return "nothing says yet how it ended";
  if (*tracked.outcome == Outcome::Lost) return kLost;
  std::string reason = has_flags(source) ? end_said_by_flags(*tracked.outcome, tracked.job)
                                         : said_by_words(source, [&](const WordRule& rule) {
                                             return rule.outcome == tracked.outcome;
                                           });
  if (tracked.job.outcome != tracked.outcome) reason += ", at first; an outcome is set once";
  return reason;
}

}  // namespace restorewatch
