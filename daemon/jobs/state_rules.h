#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "jobs/words.h"

namespace restorewatch {

/// What a job without a status word says about itself (dedicated and serverless clusters).
/// A flag that is missing in the answer is false.
struct JobFlags {
  Delivery delivery = Delivery::Unknown;
  bool failed = false;
  bool cancelled = false;
  bool expired = false;
  bool has_finished_at = false;
  bool has_link = false;  // any download link: of the job, of a component, private ones included
  bool has_expires_at = false;
};

/// One rule; the first of the list that holds gives the state.
struct StateRule {
  std::string_view name;
  std::string_view because;  // for people
  bool (*holds)(const JobFlags&);
  JobState state;
};

/// The rules in their order; the last one always holds.
/// `failed` is looked at first, since nothing documents whether a failed job carries finishedAt.
std::span<const StateRule> state_rules();

const StateRule& state_rule_of(const JobFlags& flags);

/// What the flags prove about how the job ended. A link that has aged away (`expired`) does not
/// undo that the download had been ready: `expiresAt` on a download is proof of the link.
std::optional<Outcome> outcome_of(const JobFlags& flags);

/// What a status word says. Atlas spells them in capitals.
struct WordRule {
  std::string_view word;
  JobState state;
  std::optional<Outcome> outcome;
};

/// `status` of jobs of flex and tenant clusters. CLOSED is in no enumeration, only in a sentence of
/// the documentation; it is said of jobs that have ended well.
std::span<const WordRule> status_words();

/// `state` of collection restores.
std::span<const WordRule> collection_words();

/// The rule for a word; null for one that this version does not know.
const WordRule* find_rule(std::span<const WordRule> rules, std::string_view word);

}  // namespace restorewatch
