#pragma once

// A fleet as the page shows it, of a size that is asked for.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "jobs/snapshot.h"
#include "metrics/gzip_maker.h"
#include "metrics/page_maker.h"

namespace restorewatch {

/// Series that SampleFleet gives each cluster.
inline constexpr std::size_t kSeriesPerCluster = 35;

/// Clusters, 100 to a project, that were all looked at and have a history: what is shown of one
/// changes with each look.
class SampleFleet {
 public:
  explicit SampleFleet(std::size_t clusters) {
    auto inventory = std::make_shared<Inventory>();
    for (std::size_t i = 0; i < clusters; ++i) {
      if (i % 100 == 0) inventory->projects.push_back(project(i / 100));
      inventory->projects.back().clusters.push_back(cluster(i));
      snapshot_.targets.push_back(std::make_shared<const TargetView>(view(i, 0)));
    }
    snapshot_.inventory = std::move(inventory);
  }

  std::shared_ptr<const Snapshot> snapshot() const {
    return std::make_shared<const Snapshot>(snapshot_);
  }

  /// Looks at so many more of the clusters, in turn and spread over the fleet. A job is found to
  /// have ended in one of a hundred.
  void look_at(std::size_t count) {
    for (std::size_t n = 0; n < count; ++n) {
      // Coprime to any number of clusters below it, so all have their turn.
      const std::size_t i = looks_++ * 15'485'863 % snapshot_.targets.size();
      snapshot_.targets[i] = std::make_shared<const TargetView>(view(i, looks_));
    }
  }

 private:
  static std::string name_of(std::size_t cluster) {
    return "production-" + std::to_string(10'000 + cluster);
  }
  static std::string project_name_of(std::size_t number) {
    return "payments-" + std::to_string(100 + number);
  }

  static ProjectId project_id(std::size_t number) {
    ProjectId id;
    id.bytes = {0x5b, 0x0a, 0x51, 0xe7};
    id.bytes[10] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[11] = static_cast<std::uint8_t>(number);
    return id;
  }

  static InventoryProject project(std::size_t number) {
    InventoryProject known;
    known.project = {project_id(number), project_name_of(number), {}};
    return known;
  }

  static InventoryCluster cluster(std::size_t number) {
    InventoryCluster known;
    known.cluster.name = name_of(number);
    known.cluster.backup_enabled = true;
    return known;
  }

  /// `look` 0 is the first look, which found a baseline.
  static TargetView view(std::size_t cluster, std::size_t look) {
    const auto moment = [&](std::size_t ago) {
      return WallTime{std::chrono::seconds{1'790'000'000 + look - ago - cluster % 3'600}};
    };
    TargetView view;
    view.target.key = {project_id(cluster / 100), name_of(cluster), Source::Dedicated};
    view.target.project_name = project_name_of(cluster / 100);
    view.target.credentials = {"main"};
    view.up = true;
    view.present_unknown = false;
    view.last_success_at = moment(0) + std::chrono::milliseconds{cluster % 1'000};
    view.effective_interval = std::chrono::minutes{1};
    const std::uint64_t ended = look % 100 == 1 ? look / 100 % 9 : 0;
    view.summary.jobs[index_of(JobState::Completed)] = 90 + ended;
    view.summary.jobs[index_of(JobState::InProgress)] = 1;
    view.summary.oldest_active_requested_at = WallTime{std::chrono::seconds{1'789'999'000}};
    LastSuccess last;
    last.ended_at = WallTime{std::chrono::seconds{1'789'990'000 + ended}};
    last.requested_at = last.ended_at - std::chrono::minutes{70};
    last.duration = std::chrono::minutes{70};
    last.recovery_point = last.requested_at - std::chrono::hours{2};
    view.summary.last_success[index_of(Delivery::Automated)] = last;
    view.summary.last_drill_success_at = last.ended_at;
    view.summary.last_failure[index_of(Kind::Restore)] = {last.ended_at, last.ended_at};
    view.counters.finished[index_of(Kind::Restore)][index_of(Outcome::Completed)] = ended;
    return view;
  }

  Snapshot snapshot_;
  std::size_t looks_ = 0;
};

using Snapshots = std::vector<std::shared_ptr<const Snapshot>>;

/// Snapshots of a fleet with so many series, so many clusters looked at between one and the next.
inline Snapshots successive_snapshots(std::size_t series, std::size_t looks, std::size_t count) {
  SampleFleet fleet(series / kSeriesPerCluster);
  Snapshots snapshots;
  for (std::size_t i = 0; i < count; ++i) {
    snapshots.push_back(fleet.snapshot());
    fleet.look_at(looks);
  }
  return snapshots;
}

/// What the render thread does with the first `count` snapshots: the bytes of all pages, or of all
/// gzip bodies.
inline std::size_t make_pages(const Snapshots& snapshots, std::size_t count, bool with_gzip) {
  PageMaker maker;
  GzipMaker gzip;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto page = maker.make(snapshots[i], {}).open_metrics;  // as Prometheus asks
    bytes += with_gzip ? gzip.make(page).size() : page.size();
  }
  return bytes;
}

}  // namespace restorewatch
