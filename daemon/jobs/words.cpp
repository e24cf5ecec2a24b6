#include "jobs/words.h"

#include <array>
#include <span>

namespace restorewatch {
namespace {

// One table per enumeration, in its order; the static_asserts keep them in step.
constexpr std::array<std::string_view, kSourceCount> kSources{"dedicated", "flex", "collection",
                                                              "serverless", "tenant"};
constexpr std::array<std::string_view, kTierCount> kTiers{"dedicated", "flex", "serverless",
                                                          "tenant", "free"};
constexpr std::array<std::string_view, 2> kApiGenerations{"v2", "v1.0"};
constexpr std::array<std::string_view, kDeliveryCount> kDeliveries{
    "automated", "point_in_time", "download", "collection", "unknown"};
constexpr std::array<std::string_view, kJobStateCount> kStates{
    "pending", "queued",    "running", "in_progress", "ready",  "completed",
    "failed",  "cancelled", "expired", "lost",        "unknown"};
constexpr std::array<std::string_view, kOutcomeCount> kOutcomes{"completed", "failed", "cancelled",
                                                                "expired", "lost"};
constexpr std::array<std::string_view, kKindCount> kKinds{"restore", "download"};
constexpr std::array<std::string_view, kScopeCount> kScopes{"same_cluster", "same_project",
                                                            "other_project", "download", "unknown"};
constexpr std::array<std::string_view, 2> kPurposes{"drill", "other"};
constexpr std::array<std::string_view, kPolicyRuleCount> kPolicyRules{"target_project", "download",
                                                                      "protected_target"};

static_assert(index_of(Source::Tenant) + 1 == kSourceCount);
static_assert(index_of(Tier::Free) + 1 == kTierCount);
static_assert(index_of(Delivery::Unknown) + 1 == kDeliveryCount);
static_assert(index_of(JobState::Unknown) + 1 == kJobStateCount);
static_assert(index_of(Outcome::Lost) + 1 == kOutcomeCount);
static_assert(index_of(Kind::Download) + 1 == kKindCount);
static_assert(index_of(Scope::Unknown) + 1 == kScopeCount);
static_assert(index_of(PolicyRule::ProtectedTarget) + 1 == kPolicyRuleCount);

template <typename Enum>
std::optional<Enum> find(std::span<const std::string_view> words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <typename Enum>
std::string_view word_of(std::span<const std::string_view> words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view label(Source source) {
  return word_of(kSources, source);
}
std::string_view label(Tier tier) {
  return word_of(kTiers, tier);
}
std::string_view label(ApiGeneration api) {
  return word_of(kApiGenerations, api);
}
std::string_view label(Delivery delivery) {
  return word_of(kDeliveries, delivery);
}
std::string_view label(JobState state) {
  return word_of(kStates, state);
}
std::string_view label(Outcome outcome) {
  return word_of(kOutcomes, outcome);
}
std::string_view label(Kind kind) {
  return word_of(kKinds, kind);
}
std::string_view label(Scope scope) {
  return word_of(kScopes, scope);
}
std::string_view label(Purpose purpose) {
  return word_of(kPurposes, purpose);
}
std::string_view label(PolicyRule rule) {
  return word_of(kPolicyRules, rule);
}
std::string label(const Violations& violations) {
  std::string words;
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) {
    if (!violations.test(i)) continue;
    if (!words.empty()) words += ',';
    words += kPolicyRules[i];
  }
  return words;
}

std::optional<Source> source_from(std::string_view word) {
  return find<Source>(kSources, word);
}
std::optional<Tier> tier_from(std::string_view word) {
  return find<Tier>(kTiers, word);
}
std::optional<ApiGeneration> api_generation_from(std::string_view word) {
  return find<ApiGeneration>(kApiGenerations, word);
}
std::optional<Delivery> delivery_from(std::string_view word) {
  return find<Delivery>(kDeliveries, word);
}
std::optional<JobState> job_state_from(std::string_view word) {
  return find<JobState>(kStates, word);
}
std::optional<Outcome> outcome_from(std::string_view word) {
  return find<Outcome>(kOutcomes, word);
}
std::optional<Kind> kind_from(std::string_view word) {
  return find<Kind>(kKinds, word);
}
std::optional<Scope> scope_from(std::string_view word) {
  return find<Scope>(kScopes, word);
}
std::optional<Purpose> purpose_from(std::string_view word) {
  return find<Purpose>(kPurposes, word);
}
std::optional<PolicyRule> policy_rule_from(std::string_view word) {
  return find<PolicyRule>(kPolicyRules, word);
}
std::optional<Violations> violations_from(std::string_view words) {
  for (unsigned long long code = 0; code < 1ULL << kPolicyRuleCount; ++code) {
    if (label(Violations(code)) == words) return Violations(code);
  }
  return std::nullopt;
}

bool is_ended(JobState state) {
  switch (state) {
    case JobState::Completed:
    case JobState::Failed:
    case JobState::Cancelled:
    case JobState::Expired:
    case JobState::Lost:
      return true;
    case JobState::Pending:
    case JobState::Queued:
    case JobState::Running:
    case JobState::InProgress:
    case JobState::Ready:
    case JobState::Unknown:
      return false;
  }
  return false;
}

bool is_active(JobState state) {
  return !is_ended(state) && state != JobState::Ready;
}

Kind kind_of(Delivery delivery) {
  return delivery == Delivery::Download ? Kind::Download : Kind::Restore;
}

bool restores(Delivery delivery) {
  return kind_of(delivery) == Kind::Restore && delivery != Delivery::Unknown;
}

}  // namespace restorewatch
