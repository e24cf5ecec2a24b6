#include "inventory/wanted.h"

#include <algorithm>

#include "jobs/sources.h"

namespace restorewatch {
namespace {

bool is_included(const Wanted& wanted, const Project& project, const Cluster& cluster) {
  const auto picks = [&](const Matcher& matcher) { return matches(matcher, project, cluster); };
  return (wanted.include.empty() || std::ranges::any_of(wanted.include, picks)) &&
         std::ranges::none_of(wanted.exclude, picks);
}

}  // namespace

WaysToLook ways_to_look(const Wanted& wanted, const Project& project, const Cluster& cluster,
                        bool configured) {
  if (!configured && !is_included(wanted, project, cluster)) return {{}, NotPolled::Excluded};
  if (cluster.tier == Tier::Free) return {{}, NotPolled::FreeTier};
  // Of a deleted one that is still listed, backups are what is left.
  if (cluster.backup_enabled == false && !cluster.deleted) return {{}, NotPolled::BackupDisabled};
  WaysToLook ways;
  for (const SourceFacts& facts : all_sources()) {
    const bool listed = std::ranges::find(wanted.sources, facts.source) != wanted.sources.end();
    if (listed && facts.tier == cluster.tier) ways.sources.push_back(facts.source);
  }
  if (ways.sources.empty()) ways.not_polled = NotPolled::SourceNotListed;
  return ways;
}

bool is_excluded_whole(const Wanted& wanted, const Project& project) {
  const auto could = [&](const Matcher& matcher) { return may_match(matcher, project); };
  const auto whole = [&](const Matcher& matcher) { return matches_whole(matcher, project); };
  return (!wanted.include.empty() && std::ranges::none_of(wanted.include, could)) ||
         std::ranges::any_of(wanted.exclude, whole);
}

}  // namespace restorewatch
