#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace restorewatch {

/// The API family that lists a job; what is known of each is in sources.h.
enum class Source : std::uint8_t { Dedicated, Flex, Collection, Serverless, Tenant };
inline constexpr std::size_t kSourceCount = 5;

/// What sort of cluster it is. Tenant: the shared M2 and M5. Free clusters (M0) have no backups.
enum class Tier : std::uint8_t { Dedicated, Flex, Serverless, Tenant, Free };
inline constexpr std::size_t kTierCount = 5;

/// Which generation of the API a cluster is asked through. v1.0 is retired; servers that are
/// compatible with it may still answer.
enum class ApiGeneration : std::uint8_t { V2, V1 };

enum class Delivery : std::uint8_t { Automated, PointInTime, Download, Collection, Unknown };
inline constexpr std::size_t kDeliveryCount = 5;

/// Where a job is in its life. Atlas does not tell Pending, Queued and Running apart for
/// dedicated clusters: those jobs are InProgress.
enum class JobState : std::uint8_t {
  Pending,
  Queued,
  Running,
  InProgress,
  Ready,  // a download whose link works
  Completed,
  Failed,
  Cancelled,
  Expired,
  Lost,     // was active, and Atlas no longer has it
  Unknown,  // a word Atlas added later
};
inline constexpr std::size_t kJobStateCount = 11;

/// How a job ended; set once, at the first evidence.
enum class Outcome : std::uint8_t { Completed, Failed, Cancelled, Expired, Lost };
inline constexpr std::size_t kOutcomeCount = 5;

/// A download proves nothing about restoring, so the two are never added up.
enum class Kind : std::uint8_t { Restore, Download };
inline constexpr std::size_t kKindCount = 2;

/// Where the data went, seen from the cluster it came from.
enum class Scope : std::uint8_t { SameCluster, SameProject, OtherProject, Download, Unknown };
inline constexpr std::size_t kScopeCount = 5;

/// What the restore was for. Fixed when the job is first seen.
enum class Purpose : std::uint8_t { Drill, Other };

/// What a job can do against the policies, see policies.h.
enum class PolicyRule : std::uint8_t {
  TargetProject,    // the data goes to a project that is not allowed
  Download,         // it is downloaded
  ProtectedTarget,  // it is restored over a cluster that is protected
};
inline constexpr std::size_t kPolicyRuleCount = 3;

/// Those that one job breaks, by index_of().
using Violations = std::bitset<kPolicyRuleCount>;

/// The words used in labels, events and the store: lower case, joined by "_".
std::string_view label(Source source);
std::string_view label(Tier tier);
std::string_view label(ApiGeneration api);
std::string_view label(Delivery delivery);
std::string_view label(JobState state);
std::string_view label(Outcome outcome);
std::string_view label(Kind kind);
std::string_view label(Scope scope);
std::string_view label(Purpose purpose);
std::string_view label(PolicyRule rule);
/// Joined by ",": "target_project,download"; empty where there are none.
std::string label(const Violations& violations);

/// The way back, for the configuration and for what was stored.
std::optional<Source> source_from(std::string_view word);
std::optional<Tier> tier_from(std::string_view word);
std::optional<ApiGeneration> api_generation_from(std::string_view word);
std::optional<Delivery> delivery_from(std::string_view word);
std::optional<JobState> job_state_from(std::string_view word);
std::optional<Outcome> outcome_from(std::string_view word);
std::optional<Kind> kind_from(std::string_view word);
std::optional<Scope> scope_from(std::string_view word);
std::optional<Purpose> purpose_from(std::string_view word);
std::optional<PolicyRule> policy_rule_from(std::string_view word);
/// Only as label() writes them.
std::optional<Violations> violations_from(std::string_view words);

/// The last word has been said: Completed, Failed, Cancelled, Expired, Lost.
bool is_ended(JobState state);

/// Work is going on: neither ended nor a download that only waits to be fetched.
bool is_active(JobState state);

Kind kind_of(Delivery delivery);

/// Whether a job of that delivery restores; of one that this version does not know, nobody can say
/// what it has done to the data.
bool restores(Delivery delivery);

constexpr std::size_t index_of(Source source) {
  return static_cast<std::size_t>(source);
}
constexpr std::size_t index_of(Tier tier) {
  return static_cast<std::size_t>(tier);
}
constexpr std::size_t index_of(Delivery delivery) {
  return static_cast<std::size_t>(delivery);
}
constexpr std::size_t index_of(JobState state) {
  return static_cast<std::size_t>(state);
}
constexpr std::size_t index_of(Outcome outcome) {
  return static_cast<std::size_t>(outcome);
}
constexpr std::size_t index_of(Kind kind) {
  return static_cast<std::size_t>(kind);
}
constexpr std::size_t index_of(Scope scope) {
  return static_cast<std::size_t>(scope);
}
constexpr std::size_t index_of(PolicyRule rule) {
  return static_cast<std::size_t>(rule);
}

}  // namespace restorewatch
