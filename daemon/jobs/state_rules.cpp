#include "jobs/state_rules.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

constexpr std::array<StateRule, 6> kStateRules{{
    {"failed", "failed is true", [](const JobFlags& f) { return f.failed; }, JobState::Failed},
    {"cancelled", "cancelled is true", [](const JobFlags& f) { return f.cancelled; },
     JobState::Cancelled},
    {"expired", "expired is true", [](const JobFlags& f) { return f.expired; }, JobState::Expired},
    {"finished", "finishedAt is given", [](const JobFlags& f) { return f.has_finished_at; },
     JobState::Completed},
    {"ready", "a download that has its link",
     [](const JobFlags& f) { return f.delivery == Delivery::Download && f.has_link; },
     JobState::Ready},
    {"in_progress", "no flag is set and no end is given", [](const JobFlags&) { return true; },
     JobState::InProgress},
}};

constexpr std::array<WordRule, 6> kStatusWords{{
    {"PENDING", JobState::Pending, std::nullopt},
    {"QUEUED", JobState::Queued, std::nullopt},
    {"RUNNING", JobState::Running, std::nullopt},
    {"COMPLETED", JobState::Completed, Outcome::Completed},
    {"CLOSED", JobState::Completed, Outcome::Completed},
    {"FAILED", JobState::Failed, Outcome::Failed},
}};

constexpr std::array<WordRule, 7> kCollectionWords{{
    {"INITIALIZING", JobState::Pending, std::nullopt},
    {"IN_PROGRESS", JobState::Running, std::nullopt},
    {"FINALIZING", JobState::Running, std::nullopt},
    {"SUCCESSFUL", JobState::Completed, Outcome::Completed},
    {"FAILED", JobState::Failed, Outcome::Failed},
    {"CANCELED", JobState::Cancelled, Outcome::Cancelled},
    {"CANCELLED", JobState::Cancelled, Outcome::Cancelled},
}};

bool had_link(const JobFlags& flags) {
  return flags.delivery == Delivery::Download && (flags.has_link || flags.has_expires_at);
}

}  // namespace

std::span<const StateRule> state_rules() {
  return kStateRules;
}

const StateRule& state_rule_of(const JobFlags& flags) {
  for (const StateRule& rule : kStateRules) {
    if (rule.holds(flags)) return rule;
  }
  return kStateRules.back();
}

std::optional<Outcome> outcome_of(const JobFlags& flags) {
  if (flags.failed) return Outcome::Failed;
  if (flags.cancelled) return Outcome::Cancelled;
  if (flags.has_finished_at || had_link(flags)) return Outcome::Completed;
  if (flags.expired) return Outcome::Expired;
  return std::nullopt;
}

std::span<const WordRule> status_words() {
  return kStatusWords;
}

std::span<const WordRule> collection_words() {
  return kCollectionWords;
}

const WordRule* find_rule(std::span<const WordRule> rules, std::string_view word) {
  const auto found = std::ranges::find(rules, word, &WordRule::word);
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace restorewatch
