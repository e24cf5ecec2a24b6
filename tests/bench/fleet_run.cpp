#include "bench/fleet_run.h"

#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "bench/witness_store.h"
#include "fakes/memory_store.h"
#include "poller/call_gate.h"
#include "poller/upkeep.h"
#include "store/open_store.h"
#include "store/temporary_folder.h"

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

WallTime start_time() {
  return from_unix_seconds(1'790'000'000);
}

/// So short that after two days as much is cut as comes: what grows then, leaks.
constexpr hours kRetention{24};

RateBudget::Options budget_options_of(const FleetRunOptions& options) {
  RateBudget::Options budget;
  budget.share = options.share;
  budget.documented = [limit = options.atlas.limit](std::string_view) { return limit; };
  return budget;
}

}  // namespace

PollerOptions FleetRunOptions::default_poller() {
  PollerOptions options;
  options.retention = kRetention;
  options.max_in_flight = 128;
  return options;
}

struct FleetRun::Storage {
  explicit Storage(bool on_disk) {
    if (on_disk) disk.emplace(folder.file("store.db"));
  }

  JobStore& jobs() { return disk ? static_cast<JobStore&>(disk->store()) : memory; }
  PopulationStore& notes() { return disk ? static_cast<PopulationStore&>(disk->store()) : memory; }

  TemporaryFolder folder{parent_in_memory()};
  MemoryStore memory;
  std::optional<OpenStore> disk;
};

/// What app/ puts together, as far as it matters here.
struct FleetRun::Daemon {
  Daemon(FleetRun& run, Storage& storage)
      : store(storage.jobs(), storage.notes(),
              [&run](auto transitions) {
                run.ledger_.committed(transitions, run.clock_.wall_now());
              }),
        gate(budget_options_of(run.options_), {run.clock_, telemetry, Log()}),
        poller(run.options_.poller,
               {run.loop_, run.clock_, run.fleet_, store, gate.budget(), telemetry, Log(),
                [&run](auto snapshot) { run.snapshot_ = std::move(snapshot); },
                [](const Sweep::Round&) {}}),
        upkeep(run.options_.poller.retention,
               {run.loop_, run.clock_, store, store, Log(), [] { return milliseconds(0); },
                [this](WallTime horizon) { poller.forget(horizon); }}) {}

  WitnessStore store;
  Telemetry telemetry;
  CallGate gate;
  Poller poller;
  Upkeep upkeep;
};

FleetRun::FleetRun(const FleetRunOptions& options)
    : options_(options),
      clock_(start_time()),
      ledger_(options.shape),
      world_(options.shape, start_time(), start_time() + options.quiet,
             [this](TargetNumber target, const JobId& id, const WorldJob& job) {
               ledger_.began(target, id, job);
             }),
      gaps_(options.shape.targets()),
      fleet_(options.atlas, world_, clock_, loop_,
             [this](TargetNumber target) {
               gaps_.asked(target, clock_.wall_now(), ledger_.is_active(target));
             }),
      storage_(std::make_unique<Storage>(options.on_disk)) {}

/// Work in the loop refers to the daemon.
FleetRun::~FleetRun() {
  loop_.forget();
}

void FleetRun::start() {
  daemon_ = std::make_unique<Daemon>(*this, *storage_);
  fleet_.set_budget(daemon_->gate);
  if (!daemon_->poller.load()) std::abort();
  daemon_->poller.start();
  daemon_->poller.watch(std::make_shared<const Inventory>(world_.inventory()));
  daemon_->upkeep.start();
}

void FleetRun::begin() {
  start();
  pass(options_.quiet);
  fleet_.meter().begin_period();
  gaps_.take();
}

void FleetRun::restart(std::chrono::seconds pause) {
  daemon_->upkeep.stop();
  daemon_->poller.stop();
  loop_.forget();
  fleet_.forget_calls();
  daemon_.reset();
  pass(pause);
  start();
}

double FleetRun::metric(const std::string& name) const {
  double sum = 0;
  for (const auto& family : daemon_->telemetry.registry().Collect()) {
    if (family.name != name) continue;
    for (const auto& series : family.metric) sum += series.counter.value + series.gauge.value;
  }
  return sum;
}

}  // namespace restorewatch::testing_fleet
