#include "store/inventory_samples.h"

#include <string>

namespace restorewatch {
namespace {

using std::string_literals::operator""s;  // NOLINT(misc-unused-using-decls): it is used

WallTime day(int number) {
  return WallTime{std::chrono::hours{24 * number}};
}

ObjectId object_id(std::uint8_t first, unsigned number) {
  ObjectId id;
  id.bytes[0] = first;
  id.bytes[10] = static_cast<std::uint8_t>(number >> 8U);
  id.bytes[11] = static_cast<std::uint8_t>(number);
  return id;
}

KnownCluster full_cluster() {
  KnownCluster known;
  known.sources = {{Source::Tenant, true}, {Source::Collection, false}, {Source::Dedicated, true}};
  Cluster& cluster = known.cluster;
  cluster.name = "full";
  cluster.id = object_id(0x62, 1);
  cluster.tier = Tier::Serverless;
  cluster.api = ApiGeneration::V1;
  cluster.created_at = day(19'000);
  cluster.backup_enabled = false;
  cluster.paused = true;
  cluster.tags = {{"", ""}, {"tier", "gold"}, {"'; DROP --", "a\0b"s}, {"\xff", "two\nlines"}};
  return known;
}

}  // namespace

KnownProject sample_project(unsigned number) {
  KnownProject known;
  known.project.id = object_id(0x5b, number);
  known.project.name = "project " + std::to_string(number);
  known.credentials = {"main"};
  known.clusters.emplace_back().cluster.name = "prod-" + std::to_string(number);
  return known;
}

KnownProject full_project(unsigned number) {
  KnownProject known = sample_project(number);
  known.project.name = "it's \"quoted\" \\ ü\0\xff"s;
  known.known_since = day(20'000);
  known.project.tags = {{"owner", "a=b, c"}, {"tier", ""}};
  known.credentials = {"second", "first", "", "a\0b"s, "first"};
  KnownCluster twin = full_cluster();
  Cluster& deleted = twin.cluster;
  deleted.name = known.clusters.front().cluster.name;  // the name of one that lives
  deleted.id = object_id(0x62, 2);
  deleted.deleted = true;
  deleted.backup_enabled = true;
  known.clusters.push_back(twin);
  known.clusters.push_back(full_cluster());
  return known;
}

std::vector<KnownProject> sample_inventory(unsigned projects) {
  std::vector<KnownProject> inventory;
  for (unsigned i = 0; i < projects; ++i) inventory.push_back(sample_project(i));
  return inventory;
}

}  // namespace restorewatch
