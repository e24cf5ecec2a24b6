#include "end_to_end/restless_jobs.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace restorewatch {
namespace {

constexpr std::string_view kHistory = R"(
start: now
retired: served
credentials:
  - {name: key, public_key: e2epubl, private_key: SECRETKEY-e2e-0001, nonce_lifetime: 9000h,
     nonce_uses: 1000000}
rate_limit: {capacity: 100000, refill: 100000, per: 1s}
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - name: prod-a
        jobs:
          - {at: -30d, takes: 4m..9m, end: completed, count: 20, every: 1d}
          - {at: -20d, takes: 4m..9m, end: failed, count: 5, every: 1d}
          - {source: collection, at: -9d, takes: 4m..9m, end: completed, count: 5, every: 1d}
      - {name: small, tier: flex, jobs: [{at: -9d, takes: 9m, end: completed, count: 5, every: 1d}]}
      - {name: less, tier: serverless, jobs: [{at: -9d, takes: 9m, end: failed}]}
  - id: 5f1b3c2e8a7d4e0012345678
    name: prod-analytics
    clusters:
      - name: warehouse
        jobs: [{at: -9d, takes: 4m, end: expired, link_lives: 1h, count: 5, every: 1d}]
      - {name: old, tier: tenant}
  - id: 6a79a0005f1c2b3d4e5f6071
    name: playground
    clusters: [{name: swing, jobs: [{at: -9d, takes: 4m, end: failed}]}]
)";

constexpr const char* kProjects = R"(
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters: [{name: prod-a}, {name: small, tier: flex}, {name: less, tier: serverless}]
  - id: 5f1b3c2e8a7d4e0012345678
    name: prod-analytics
    clusters: [{name: warehouse}, {name: old, tier: tenant}]
  - {id: 6a79a0005f1c2b3d4e5f6071})";

/// A sort of job: where, and how it goes.
struct Sort {
  std::string_view cluster;  // with its project
  std::string_view life;
};

constexpr std::string_view kProdA = "project: prod-payments, cluster: prod-a";
constexpr std::string_view kSmall = "project: prod-payments, cluster: small";
constexpr std::string_view kLess = "project: prod-payments, cluster: less";
constexpr std::string_view kWarehouse = "project: prod-analytics, cluster: warehouse";
constexpr std::string_view kOld = "project: prod-analytics, cluster: old";

/// Those of a few minutes are first seen when they have ended. All others change some minutes
/// behind a full hour, never when one has just passed.
constexpr std::array kSorts{
    Sort{kProdA, "takes: 2h, end: completed, count: 2, every: 5m"},
    Sort{kProdA, "takes: 5h, end: failed"},
    Sort{kProdA, "takes: 2h, end: expired, link_lives: 3h"},
    Sort{kProdA, "takes: 3h, end: vanishes"},
    Sort{kProdA, "takes: 2m, end: completed"},
    Sort{kProdA, "source: collection, takes: 4h, pending: 1h, end: completed"},
    Sort{kProdA, "source: collection, takes: 2h, pending: 1h, end: failed, error: no space left"},
    Sort{kProdA, "source: collection, takes: 2m, end: cancelled"},
    Sort{kSmall,
         "takes: 5h, pending: 1h, queued: 2h, end: completed, closed: true, count: 2, every: 5m"},
    Sort{kSmall, "takes: 3h, pending: 1h, queued: 1h, end: failed"},
    Sort{kSmall, "takes: 3h, pending: 1h, queued: 1h, end: vanishes"},
    Sort{kSmall, "takes: 4h, pending: 1h, queued: 1h, end: completed, delivery: download"},
    Sort{kLess, "takes: 2h, end: completed"},
    Sort{kLess, "takes: 2m, end: failed"},
    Sort{kLess, "takes: 2h, end: expired, link_lives: 0s"},
    Sort{kWarehouse, "takes: 4h, end: completed, delivery: pointInTime, count: 3, every: 5m"},
    Sort{kWarehouse, "takes: 3h, end: cancelled"},
    Sort{kWarehouse, "takes: 1h, end: expired, link_lives: 1h"},
    Sort{kWarehouse,
         "takes: 2h, end: completed, target_project: 5b69d0349b15c62cdfc38b78, "
         "target_cluster: prod-a"},
    Sort{kWarehouse, "source: collection, takes: 3h, pending: 1h, end: vanishes"},
    Sort{kOld, "takes: 3h, pending: 1h, queued: 1h, end: completed"},
    Sort{kOld, "takes: 2m, end: failed"},
    Sort{kOld, "takes: 3h, pending: 1h, queued: 1h, end: vanishes"},
};
constexpr int kSortsInAnHour = 6;

}  // namespace

std::string RestlessJobs::scenario(const std::string& more) {
  return more + std::string(kHistory);
}

Stage::DaemonSettings RestlessJobs::settings(const WebhookReceiver& receiver,
                                             const std::string& secret) const {
  return {.projects = kProjects,
          .poll =
              "{interval: 100ms, collection_interval: 100ms, lost_after: 300ms, "
              "stale_after: 15m}",
          .more =
              "sources: [dedicated, flex, collection, serverless, tenant]\n"
              "discovery: {interval: 1s}\n"
              "events: {webhooks: [{name: pager, url: '" +
              receiver.url() + "', secret_file: " + stage_.secret_file("hook", secret) + "}]}\n",
          .prelude = "trap '' XFSZ"};  // what is too large for the disk fails, and kills nobody
}

bool RestlessJobs::all_seen() const {
  return without_zeros(stage_.metric("mongodbatlas_restore_target_up")).size() >= kTargets;
}

void RestlessJobs::end_of_history() {
  for (const TrueJob& job : truth()) baseline_.insert(job.id);
  let_pass(std::chrono::hours(1));  // what is made from now on is younger than anybody's watching
}

void RestlessJobs::let_an_hour_pass(std::mt19937& draw) {
  for (int i = 0; i < kSortsInAnHour; ++i) {
    const Sort& sort = kSorts.at(draw() % kSorts.size());
    stage_.control("POST", "/_sim/jobs",
                   fmt::format("{{{}, at: 10m, {}}}", sort.cluster, sort.life));
  }
  let_pass(std::chrono::hours(1));
}

void RestlessJobs::let_pass(std::chrono::seconds time) {
  stage_.control("POST", fmt::format("/_sim/advance?seconds={}", time.count()));
}

void RestlessJobs::make_cluster(std::mt19937& draw) {
  clusters_.push_back(fmt::format("toy-{}", ++made_));
  stage_.control("POST", "/_sim/clusters",
                 fmt::format("{{do: create, project: playground, cluster: {}, jobs: [{{at: 10m, "
                             "takes: {}h, end: completed, count: 3, every: 1h}}, {{at: 20m, "
                             "takes: 2h, end: failed}}]}}",
                             clusters_.back(), 1 + draw() % 5));
}

void RestlessJobs::remove_cluster(std::mt19937& draw) {
  if (clusters_.empty()) return;
  const auto which = clusters_.begin() + static_cast<std::ptrdiff_t>(draw() % clusters_.size());
  stage_.control("POST", "/_sim/clusters",
                 fmt::format("{{do: delete, project: playground, cluster: {}}}", *which));
  clusters_.erase(which);
}

std::vector<TrueJob> RestlessJobs::truth() const {
  return read_truth(stage_.control("GET", "/_sim/truth"));
}

}  // namespace restorewatch
