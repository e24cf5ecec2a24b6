#include "atlas/cluster_merge.h"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace restorewatch {
namespace {

/// Where clusters are in the list, by what they can be known again by.
class Index {
 public:
  /// The place of the same cluster, or none.
  std::optional<std::size_t> find(const Cluster& row, const std::vector<Cluster>& in) const {
    if (row.id) {
      if (const auto by_id = by_id_.find(*row.id); by_id != by_id_.end()) return by_id->second;
    }
    const auto by_name = by_name_.find(row.name);
    if (by_name == by_name_.end() || row.deleted) return std::nullopt;
    const bool both_have_ids = row.id && in[by_name->second].id;
    return both_have_ids ? std::nullopt : std::optional(by_name->second);
  }

  void add(const Cluster& row, std::size_t at) {
    if (row.id) by_id_[*row.id] = at;
    if (!row.deleted) by_name_[row.name] = at;
  }

 private:
  std::unordered_map<ObjectId, std::size_t> by_id_;
  std::unordered_map<std::string, std::size_t> by_name_;  // of those that are not deleted
};

}  // namespace

std::vector<Cluster> merged(std::vector<Cluster> rows) {
  std::vector<Cluster> clusters;
  Index index;
  for (Cluster& row : rows) {
    const std::size_t at = index.find(row, clusters).value_or(clusters.size());
    index.add(row, at);
    if (at == clusters.size()) clusters.emplace_back();
    clusters[at] = std::move(row);
  }
  return clusters;
}

}  // namespace restorewatch
