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

inline constexpr Words<HashKind, 2> kHashWords{{
    {"MD5", HashKind::Md5},
    {"SHA-256", HashKind::Sha256},
}};

inline constexpr Words<RequestKind, 6> kRequestWords{{
    {"list", RequestKind::List},
    {"get", RequestKind::Get},
    {"token", RequestKind::Token},
    {"projects", RequestKind::Projects},
    {"clusters", RequestKind::Clusters},
    {"other", RequestKind::Other},
}};

inline constexpr Words<FaultKind, 11> kFaultWords{{
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
