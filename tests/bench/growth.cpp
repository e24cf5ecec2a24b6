// growth CLUSTERS: a poller comes to know that many clusters of one project, looks at each, and
// then every cluster is made anew under its name; what an earlier run knew is settled meanwhile.
// Run under callgrind with two numbers of clusters: the work must grow no faster than they do.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "fakes/fake_clock.h"
#include "fakes/fake_job_source.h"
#include "fakes/fake_loop.h"
#include "fakes/no_limits.h"
#include "jobs/job_builders.h"
#include "poller/poller.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

/// Forgets what it is told, and knows of as many targets of an earlier run as it is asked for.
class ForgetfulStore final : public JobStore {
 public:
  explicit ForgetfulStore(std::vector<TargetKey> known) : known_(std::move(known)) {}

  Result<TargetRecord> load(const TargetKey& target) override {
    TargetRecord record;
    record.key = target;
    return record;
  }
  Result<FleetTotals> load_totals() override { return FleetTotals{}; }
  Result<std::vector<TargetKey>> known_targets() override { return known_; }
  void commit(PollResult /*result*/, CommitDone done) override { done(CommitStatus::Committed); }
  void checkpoint(std::vector<LookedAt> /*looks*/) override {}
  void forget(WallTime /*horizon*/, WallTime /*now*/, CommitDone done) override {
    done(CommitStatus::Committed);
  }
  Result<std::optional<WallTime>> forgotten_before() override { return std::optional<WallTime>{}; }

 private:
  std::vector<TargetKey> known_;
};

ObjectId id_of(unsigned life, unsigned number) {
  ObjectId id = job_id(static_cast<int>(life), hours(1));
  for (std::size_t i = 0; i < 4; ++i) id.bytes[4 + i] = static_cast<std::uint8_t>(number >> 8 * i);
  return id;
}

TargetKey key_of(unsigned life, unsigned number) {
  return {project(), "cluster-" + std::to_string(number), Source::Dedicated, id_of(life, number)};
}

std::shared_ptr<const Inventory> inventory(unsigned life, unsigned clusters) {
  auto inventory = std::make_shared<Inventory>();
  inventory->settled = true;
  InventoryProject& all = inventory->projects.emplace_back();
  all.project.id = project();
  all.takes_all = true;
  for (unsigned number = 0; number < clusters; ++number) {
    const TargetKey key = key_of(life, number);
    InventoryCluster& cluster = all.clusters.emplace_back();
    cluster.cluster.name = key.cluster_name;
    cluster.cluster.id = key.cluster_id;
    cluster.sources.push_back({key.source});
    if (life > 1) inventory->gone.push_back(key_of(life - 1, number));
  }
  return inventory;
}

/// How many looks were taken.
int run(unsigned clusters) {
  ManualClock clock(noon());
  FakeLoop loop(clock);
  FakeJobSource source(loop);
  std::vector<TargetKey> known;
  for (unsigned i = 0; i < clusters; ++i) {
    known.push_back({project(), "gone-" + std::to_string(i), Source::Dedicated, id_of(0, i)});
    for (const unsigned life : {1U, 2U}) {
      RestoreJob running = job(JobState::Running);
      running.id = id_of(life, i);
      source.put(key_of(life, i), running);
    }
  }
  ForgetfulStore store(std::move(known));
  RateBudget budget(no_limits());
  Telemetry telemetry;
  std::size_t shown = 0;
  PollerOptions options;  // few looks: what is to be seen is the coming and going
  options.interval = options.active_interval = minutes(10);
  options.spread = false;  // and few snapshots
  Poller poller(options,
                {loop, clock, source, store, budget, telemetry, Log(),
                 [&shown](const auto& snapshot) { shown = snapshot->targets.size(); }, nullptr});
  if (!poller.load().ok()) return 0;
  poller.start();
  for (const unsigned life : {1U, 2U}) {
    poller.watch(inventory(life, clusters));
    loop.run_for(minutes(11));  // nothing more is expected of those that are gone
  }
  poller.stop();
  return shown == clusters ? source.lists() : 0;
}

}  // namespace
}  // namespace restorewatch

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const int looks = restorewatch::run(static_cast<unsigned>(std::atoi(argv[1])));
  std::printf("%d\n", looks);
  return looks > 0 ? 0 : 1;
}
