#include "inventory/cluster_list.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "inventory/cluster_claims.h"

namespace restorewatch {
namespace {

const Cluster* named(const std::vector<Cluster>* names, const std::string& name) {
  if (names == nullptr) return nullptr;
  const auto found = std::ranges::find(*names, name, &Cluster::name);
  return found == names->end() ? nullptr : &*found;
}

bool is_wanted(const std::vector<Cluster>* names, const std::string& name) {
  return names == nullptr || named(names, name) != nullptr;
}

bool had_its_name(const InventoryCluster& before) {
  return before.not_polled != NotPolled::NameTaken;
}

/// The configuration has named it, and the last list was without it: whatever is listed under its
/// name afterwards is new.
bool was_only_a_name(const InventoryCluster& before) {
  return before.configured && !before.listed && !before.cluster.id;
}

/// Goes through the clusters of one project once, those with a better claim to their name first.
class Update {
 public:
  /// `heard`: absent where there is no list but only memory.
  Update(const Wanted& wanted, const Project& project, const std::vector<Cluster>* names,
         std::optional<Heard> heard)
      : wanted_(wanted), project_(project), names_(names), heard_(heard), news_(project) {}

  void add(std::vector<Claim> claims) {
    std::ranges::stable_sort(claims, has_a_better_claim);
    for (Claim& claim : claims) {
      if (heard_ && claim.now.listed) tell_listed(claim);
      const InventoryCluster* holder = holder_of(claim.now.cluster.name);
      if (holder == nullptr) {
        add_holder(std::move(claim));
      } else if (!claim.now.listed && had_its_name(*claim.before) && holder->listed) {
        add_gone(*std::move(claim.before), true);
      } else {
        add_nameless(std::move(claim));
      }
    }
  }

  /// One that Atlas has listed and does not list now.
  void add_missing(InventoryCluster before, const ListFacts& facts, std::vector<Claim>& claims) {
    const WallTime since = before.missing_since.value_or(facts.now);
    const bool confirmed = facts.whole && !before.listed && !before.configured &&
                           facts.now - since >= facts.confirm_after;
    if (confirmed) return add_gone(std::move(before), false);
    Claim claim{before, std::move(before)};
    if (facts.whole) {
      claim.now.listed = false;
      claim.now.missing_since = since;
    }
    claims.push_back(std::move(claim));
  }

  /// Those that nothing but the configuration knows.
  void add_configured() {
    if (names_ == nullptr) return;
    for (const Cluster& cluster : *names_) {
      if (holder_of(cluster.name) != nullptr) continue;
      Claim claim;
      claim.now.cluster = cluster;
      claim.now.listed = !heard_;
      claim.before = claim.now;
      add_holder(std::move(claim));
    }
  }

  ClusterUpdate take() {
    std::ranges::stable_sort(update_.clusters, {}, [](const InventoryCluster& known) {
      const Cluster& cluster = known.cluster;
      return std::tie(cluster.name, cluster.id, cluster.deleted);
    });
    update_.news = news_.take();
    return std::move(update_);
  }

 private:
  const InventoryCluster* holder_of(const std::string& name) const {
    const auto found = std::ranges::find_if(update_.clusters, [&](const InventoryCluster& known) {
      return known.cluster.name == name && had_its_name(known);
    });
    return found == update_.clusters.end() ? nullptr : &*found;
  }

  void add_holder(Claim claim) {
    InventoryCluster& now = claim.now;
    const Cluster* configured = named(names_, now.cluster.name);
    now.configured = configured != nullptr;
    if (configured != nullptr) now.cluster.api = configured->api;
    if (heard_ && !now.listed) tell_missing(now, *claim.before);
    look_at(now, claim.before);
    update_.clusters.push_back(std::move(now));
  }

  void add_nameless(Claim claim) {
    InventoryCluster& now = claim.now;
    now.configured = false;
    now.sources.clear();
    now.not_polled = NotPolled::NameTaken;
    update_.clusters.push_back(std::move(now));
  }

  void add_gone(InventoryCluster before, bool name_taken) {
    news_.is_gone(before, name_taken);
    update_.gone.push_back(std::move(before));
  }

  void look_at(InventoryCluster& now, const std::optional<InventoryCluster>& before) const {
    WaysToLook ways = ways_to_look(wanted_, project_, now.cluster, now.configured);
    now.not_polled = ways.not_polled;
    now.sources.clear();
    for (const Source source : ways.sources) {
      now.sources.push_back({source, before ? was_from_the_start(*before, source) : is_new()});
    }
  }

  static bool was_from_the_start(const InventoryCluster& before, Source source) {
    const auto found = std::ranges::find(before.sources, source, &WatchedSource::source);
    return found != before.sources.end() && found->from_the_start;
  }

  bool is_new() const { return heard_ != Heard::Never; }

  void tell_listed(const Claim& claim) {
    const Cluster& now = claim.now.cluster;
    const Cluster* configured = named(names_, now.name);
    const bool differs = configured != nullptr && configured->tier != now.tier;
    const bool is_known = claim.before && claim.before->cluster.tier == now.tier;
    if (differs && !(is_known && heard_ == Heard::InThisRun)) news_.has_other_tier(now);
    if (claim.before) {
      news_.changed(now, *claim.before);
    } else if (is_new()) {
      news_.appeared(now);
    }
  }

  void tell_missing(const InventoryCluster& now, const InventoryCluster& before) {
    if (before.listed && (before.cluster.id || !now.configured)) {
      news_.is_missing(before);
    } else if (now.configured && !now.cluster.id && heard_ != Heard::InThisRun) {
      news_.is_not_found(now.cluster);
    }
  }

  const Wanted& wanted_;
  const Project& project_;
  const std::vector<Cluster>* names_;
  std::optional<Heard> heard_;
  ClusterNews news_;
  ClusterUpdate update_;
};

std::vector<Claim> claims_of(std::vector<Cluster> listed, const std::vector<Cluster>* names) {
  std::vector<Claim> claims;
  for (Cluster& cluster : listed) {
    if (!is_wanted(names, cluster.name)) continue;
    claims.emplace_back().now.cluster = std::move(cluster);
  }
  std::ranges::stable_sort(claims, has_a_better_claim);
  return claims;
}

}  // namespace

ClusterUpdate remembered_clusters(const Wanted& wanted, const Project& project,
                                  const std::vector<Cluster>* names,
                                  std::vector<InventoryCluster> remembered) {
  std::vector<Claim> claims;
  for (InventoryCluster& known : remembered) {
    if (!is_wanted(names, known.cluster.name)) continue;
    claims.push_back({known, known});
    // One that was configured before and never listed: see was_only_a_name().
    if (names != nullptr && !known.cluster.id) claims.back().now.listed = false;
  }
  Update update(wanted, project, names, {});
  update.add(std::move(claims));
  update.add_configured();
  return update.take();
}

ClusterUpdate listed_clusters(const Wanted& wanted, const Project& project,
                              const std::vector<Cluster>* names,
                              const std::vector<InventoryCluster>& before,
                              std::vector<Cluster> listed, const ListFacts& facts) {
  Update update(wanted, project, names, facts.heard);
  std::vector<InventoryCluster> unlisted = before;
  std::vector<Claim> claims = claims_of(std::move(listed), names);
  recognize(claims, unlisted);
  for (Claim& claim : claims) {
    if (claim.before && was_only_a_name(*claim.before)) claim.before.reset();
  }
  for (InventoryCluster& missing : unlisted) update.add_missing(std::move(missing), facts, claims);
  update.add(std::move(claims));
  update.add_configured();
  return update.take();
}

}  // namespace restorewatch
