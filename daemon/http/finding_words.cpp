#include <algorithm>

#include "http/findings.h"

namespace restorewatch {
namespace {

struct Facts {
  std::string_view label;
  std::string_view title;
  Severity severity;
};

// In the order of Finding.
constexpr std::array<Facts, kFindingCount> kFacts{{
    {"violation", "Against policy", Severity::Wrong},
    {"failed", "Failed", Severity::Wrong},
    {"stuck", "Stuck", Severity::Wrong},
    {"blind", "Blind", Severity::Wrong},
    {"backup_off", "Backup off", Severity::Wrong},
    {"untested", "Never drilled", Severity::Warning},
    {"overdue", "Drill overdue", Severity::Warning},
    {"slow", "Too slow", Severity::Warning},
    {"old_point", "Old recovery point", Severity::Warning},
    {"uncovered", "Not covered", Severity::Warning},
    {"down", "Look failed", Severity::Warning},
    {"link_open", "Link open", Severity::Note},
    {"active", "Active", Severity::Note},
    {"waiting", "Not seen yet", Severity::Note},
    {"not_watched", "Not watched", Severity::Note},
}};

const Facts& facts_of(Finding finding) {
  return kFacts.at(index_of(finding));
}

}  // namespace

std::string_view label(Finding finding) {
  return facts_of(finding).label;
}

std::optional<Finding> finding_from(std::string_view word) {
  const auto* const found = std::ranges::find(kFacts, word, &Facts::label);
  if (found == kFacts.end()) return std::nullopt;
  return static_cast<Finding>(found - kFacts.begin());
}

std::string_view title(Finding finding) {
  return facts_of(finding).title;
}

Severity severity_of(Finding finding) {
  return facts_of(finding).severity;
}

}  // namespace restorewatch
