#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "inventory/cluster_list.h"
#include "inventory/wanted.h"
#include "jobs/inventory.h"

namespace restorewatch::testing_inventory {

inline ObjectId object_id(unsigned number) {
  ObjectId id;
  id.bytes[10] = static_cast<std::uint8_t>(number >> 8U);
  id.bytes[11] = static_cast<std::uint8_t>(number);
  return id;
}

inline WallTime day(int number) {
  return WallTime{std::chrono::hours{24 * number}};
}

inline Project project(unsigned number, std::string name = "prod") {
  return {object_id(number), std::move(name), {}};
}

/// A dedicated cluster with an id, or 0: without one.
inline Cluster cluster(std::string name, unsigned id, Tier tier = Tier::Dedicated) {
  Cluster cluster;
  cluster.name = std::move(name);
  if (id != 0) cluster.id = object_id(id);
  cluster.tier = tier;
  return cluster;
}

inline Cluster deleted(Cluster cluster) {
  cluster.deleted = true;
  return cluster;
}

inline Cluster with_backups(Cluster cluster, bool enabled) {
  cluster.backup_enabled = enabled;
  return cluster;
}

inline Cluster created(Cluster cluster, WallTime at) {
  cluster.created_at = at;
  return cluster;
}

inline Wanted everything(std::vector<std::string> credentials = {"main"}) {
  Wanted wanted;
  wanted.credentials = std::move(credentials);
  wanted.sources = {Source::Dedicated, Source::Flex, Source::Collection};
  return wanted;
}

inline Matcher projects_called(std::string glob) {
  Matcher matcher;
  matcher.project = std::move(glob);
  return matcher;
}

inline Matcher clusters_called(std::string glob) {
  Matcher matcher;
  matcher.cluster = std::move(glob);
  return matcher;
}

/// In words, so that a test can say all of it at once: "a#1 dedicated* collection", where * means
/// from the start; then why it is not looked at, and "configured" and "missing" where it is.
inline std::string words(const InventoryCluster& known) {
  std::string words = known.cluster.name;
  if (known.cluster.id) words += "#" + std::to_string(known.cluster.id->bytes[11]);
  for (const WatchedSource& watched : known.sources) {
    words += " " + std::string(label(watched.source)) + (watched.from_the_start ? "*" : "");
  }
  if (known.not_polled) words += " " + std::string(label(*known.not_polled));
  if (known.configured) words += " configured";
  if (!known.listed) words += " missing";
  return words;
}

inline std::vector<std::string> words(const std::vector<InventoryCluster>& clusters) {
  std::vector<std::string> all;
  all.reserve(clusters.size());
  for (const InventoryCluster& known : clusters) all.push_back(words(known));
  return all;
}

inline std::vector<std::string> words(const std::vector<News>& news) {
  std::vector<std::string> all;
  all.reserve(news.size());
  for (const News& one : news) {
    all.push_back((one.warning ? "! " : "") + std::string(one.what) +
                  (one.cluster_name.empty() ? "" : ": " + one.cluster_name));
  }
  return all;
}

}  // namespace restorewatch::testing_inventory
