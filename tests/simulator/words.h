#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "simulator/fault.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

template <typename Value, std::size_t N>
using Words = std::array<std::pair<std::string_view, Value>, N>;

// The words of scenario files and of Atlas's answers.

inline constexpr Words<Delivery, 3> kDeliveryWords{{
    {"automated", Delivery::Automated},
    {"download", Delivery::Download},
    {"pointInTime", Delivery::PointInTime},
}};

inline constexpr Words<End, 7> kEndWords{{
    {"completed", End::Completed},
    {"failed", End::Failed},
    {"cancelled", End::Cancelled},
    {"expired", End::Expired},
    {"ready", End::Ready},
    {"vanishes", End::Vanishes},
    {"never", End::Never},
}};

inline constexpr Words<Tier, 5> kTierWords{{
    {"dedicated", Tier::Dedicated},
    {"flex", Tier::Flex},
    {"serverless", Tier::Serverless},
    {"tenant", Tier::Tenant},
    {"free", Tier::Free},
}};

inline constexpr Words<Source, 5> kSourceWords{{
    {"dedicated", Source::Dedicated},
    {"flex", Source::Flex},
    {"collection", Source::Collection},
    {"serverless", Source::Serverless},
    {"tenant", Source::Tenant},
}};

inline constexpr Words<Role, 3> kRoleWords{{
    {"read_only", Role::ReadOnly},
    {"backup_manager", Role::BackupManager},
    {"owner", Role::Owner},
}};

inline constexpr Words<Retired, 5> kRetiredWords{{
    {"served", Retired::Served},
    {"gone", Retired::Gone},
    {"not_found", Retired::NotFound},
    {"not_allowed", Retired::NotAllowed},
    {"no_route", Retired::NoRoute},
}};

inline constexpr Words<ClusterVerb, 9> kClusterVerbWords{{
    {"create", ClusterVerb::Create},
    {"upgrade", ClusterVerb::Upgrade},
    {"rename", ClusterVerb::Rename},
    {"pause", ClusterVerb::Pause},
    {"resume", ClusterVerb::Resume},
    {"delete", ClusterVerb::Delete},
    {"delete_keeping_backups", ClusterVerb::DeleteKeepingBackups},
    {"disable_backup", ClusterVerb::DisableBackup},
    {"enable_backup", ClusterVerb::EnableBackup},
}};

inline constexpr Words<ProjectVerb, 4> kProjectVerbWords{{
    {"create", ProjectVerb::Create},
    {"rename", ProjectVerb::Rename},
    {"hide", ProjectVerb::Hide},
    {"show", ProjectVerb::Show},
}};

inline constexpr Words<HashKind, 2> kHashWords{{
    {"MD5", HashKind::Md5},
    {"SHA-256", HashKind::Sha256},
}};

inline constexpr Words<RequestKind, 11> kRequestWords{{
    {"list", RequestKind::List},
    {"get", RequestKind::Get},
    {"token", RequestKind::Token},
    {"projects", RequestKind::Projects},
    {"project", RequestKind::Project},
    {"org_projects", RequestKind::OrgProjects},
    {"clusters", RequestKind::Clusters},
    {"flex_clusters", RequestKind::FlexClusters},
    {"serverless", RequestKind::Serverless},
    {"rate_limits", RequestKind::RateLimits},
    {"other", RequestKind::Other},
}};

inline constexpr Words<FaultKind, 12> kFaultWords{{
    {"status", FaultKind::Status},
    {"delay", FaultKind::Delay},
    {"stall", FaultKind::Stall},
    {"drip", FaultKind::Drip},
    {"reset", FaultKind::Reset},
    {"truncate", FaultKind::Truncate},
    {"not_json", FaultKind::NotJson},
    {"huge", FaultKind::Huge},
    {"redirect", FaultKind::Redirect},
    {"bad_job", FaultKind::BadJob},
    {"gzip_bomb", FaultKind::GzipBomb},
    {"envelope", FaultKind::Envelope},
}};

inline constexpr Words<BadField, 3> kBadFieldWords{{
    {"id", BadField::Id},
    {"time", BadField::Time},
    {"flag", BadField::Flag},
}};

/// The word for `value`; every table names every value.
template <typename Value, std::size_t N>
constexpr std::string_view word_in(const Words<Value, N>& words, Value value) {
  for (const auto& [word, named] : words) {
    if (named == value) return word;
  }
  return "?";
}

}  // namespace atlas_simulator
