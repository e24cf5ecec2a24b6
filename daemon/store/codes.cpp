#include "store/codes.h"

#include <array>
#include <cassert>

#include "jobs/sources.h"

namespace restorewatch {
namespace {

template <typename Enum>
struct Code {
  Enum value;
  std::uint8_t code;
};

// clang deduces nothing for aggregates before version 17.
template <typename Enum>
Code(Enum, std::uint8_t) -> Code<Enum>;

template <typename Enum>
constexpr std::array<Code<Enum>, 0> kCodes;

// A new word takes the next number of its table.
template <>
constexpr std::array kCodes<Delivery>{Code{Delivery::Automated, 1}, Code{Delivery::PointInTime, 2},
                                      Code{Delivery::Download, 3}, Code{Delivery::Collection, 4},
                                      Code{Delivery::Unknown, 5}};

template <>
constexpr std::array kCodes<JobState>{
    Code{JobState::Pending, 1},    Code{JobState::Queued, 2},    Code{JobState::Running, 3},
    Code{JobState::InProgress, 4}, Code{JobState::Ready, 5},     Code{JobState::Completed, 6},
    Code{JobState::Failed, 7},     Code{JobState::Cancelled, 8}, Code{JobState::Expired, 9},
    Code{JobState::Lost, 10},      Code{JobState::Unknown, 11}};

template <>
constexpr std::array kCodes<Outcome>{Code{Outcome::Completed, 1}, Code{Outcome::Failed, 2},
                                     Code{Outcome::Cancelled, 3}, Code{Outcome::Expired, 4},
                                     Code{Outcome::Lost, 5}};

template <>
constexpr std::array kCodes<Scope>{Code{Scope::SameCluster, 1}, Code{Scope::SameProject, 2},
                                   Code{Scope::OtherProject, 3}, Code{Scope::Download, 4},
                                   Code{Scope::Unknown, 5}};

template <>
constexpr std::array kCodes<Purpose>{Code{Purpose::Drill, 1}, Code{Purpose::Other, 2}};

template <>
constexpr std::array kCodes<Tier>{Code{Tier::Dedicated, 1}, Code{Tier::Flex, 2},
                                  Code{Tier::Serverless, 3}, Code{Tier::Tenant, 4},
                                  Code{Tier::Free, 5}};

template <>
constexpr std::array kCodes<ApiGeneration>{Code{ApiGeneration::V2, 1}, Code{ApiGeneration::V1, 2}};

template <>
constexpr std::array kCodes<NoteKind>{
    Code{NoteKind::StoreCreated, 2},   Code{NoteKind::DaemonStarted, 3},
    Code{NoteKind::DaemonStopped, 4},  Code{NoteKind::TargetAdded, 5},
    Code{NoteKind::TargetRemoved, 6},  Code{NoteKind::TargetBlind, 7},
    Code{NoteKind::TargetVisible, 8},  Code{NoteKind::ConfigurationLoaded, 9},
    Code{NoteKind::RetentionRun, 10},  Code{NoteKind::HeadAnnounced, 11},
    Code{NoteKind::StoreUpgraded, 12}, Code{NoteKind::RulesInForce, 13}};

static_assert(kCodes<NoteKind>.size() == kNoteKindCount);
static_assert(kCodes<Tier>.size() == kTierCount);
static_assert(kCodes<Delivery>.size() == kDeliveryCount);
static_assert(kCodes<JobState>.size() == kJobStateCount);
static_assert(kCodes<Outcome>.size() == kOutcomeCount);
static_assert(kCodes<Scope>.size() == kScopeCount);

}  // namespace

template <typename Enum>
std::uint8_t code_of(Enum value) {
  for (const Code<Enum>& entry : kCodes<Enum>) {
    if (entry.value == value) return entry.code;
  }
  assert(false && "a word without a number");
  return 0;
}

template <typename Enum>
std::optional<Enum> from_code(std::int64_t code) {
  for (const Code<Enum>& entry : kCodes<Enum>) {
    if (entry.code == code) return entry.value;
  }
  return std::nullopt;
}

template <>
std::uint8_t code_of(Source value) {
  return facts_of(value).stored_as;
}

template <>
std::optional<Source> from_code(std::int64_t code) {
  for (const SourceFacts& facts : all_sources()) {
    if (facts.stored_as == code) return facts.source;
  }
  return std::nullopt;
}

template std::uint8_t code_of(Delivery);
template std::uint8_t code_of(JobState);
template std::uint8_t code_of(Outcome);
template std::uint8_t code_of(Scope);
template std::uint8_t code_of(Purpose);
template std::uint8_t code_of(Tier);
template std::uint8_t code_of(ApiGeneration);
template std::uint8_t code_of(NoteKind);
template std::optional<Delivery> from_code(std::int64_t);
template std::optional<JobState> from_code(std::int64_t);
template std::optional<Outcome> from_code(std::int64_t);
template std::optional<Scope> from_code(std::int64_t);
template std::optional<Purpose> from_code(std::int64_t);
template std::optional<Tier> from_code(std::int64_t);
template std::optional<ApiGeneration> from_code(std::int64_t);
template std::optional<NoteKind> from_code(std::int64_t);

}  // namespace restorewatch
