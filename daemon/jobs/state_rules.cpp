#include "jobs/state_rules.h"

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

}  // namespace restorewatch
