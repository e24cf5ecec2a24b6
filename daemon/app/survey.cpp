#include "app/survey.h"

#include <algorithm>
#include <map>
#include <set>
#include <stop_token>
#include <utility>

#include "app/options.h"
#include "atlas/atlas_client.h"
#include "atlas/endpoints.h"
#include "inventory/discovery.h"
#include "net/net_loop.h"
#include "poller/call_gate.h"

namespace restorewatch {
namespace {

/// Remembers nothing: a survey is of now.
class NoMemory final : public InventoryStore {
 public:
  Result<std::vector<KnownProject>> load_inventory() override {
    return std::vector<KnownProject>();
  }
  void save_inventory(std::vector<KnownProject> /*projects*/) override {}
};

/// One for each project and source: a cluster that Atlas lists and that is not deleted, if there is
/// one, so that what is wrong with a single cluster is not taken for a missing role.
std::vector<Probe> probes_of(const Inventory& inventory) {
  std::set<TargetKey> doubtful;
  for (const InventoryProject& project : inventory.projects) {
    for (const InventoryCluster& known : project.clusters) {
      if (known.listed && !known.cluster.deleted) continue;
      for (const WatchedSource& watched : known.sources) {
        doubtful.insert({project.project.id, known.cluster.name, watched.source, known.cluster.id});
      }
    }
  }
  std::map<std::pair<ProjectId, Source>, Probe> probes;
  for (const Target& target : targets_of(inventory)) {
    Probe& probe = probes[{target.key.project_id, target.key.source}];
    const bool is_first = probe.role.empty();
    if (!is_first && (doubtful.contains(target.key) || !doubtful.contains(probe.target.key))) {
      continue;
    }
    const Endpoint* endpoint = find_endpoint(target.key.source, target.api);
    probe.target = target;
    probe.role = endpoint == nullptr ? "-" : endpoint->role;
  }
  std::vector<Probe> chosen;
  chosen.reserve(probes.size());
  for (auto& [what, probe] : probes) chosen.push_back(std::move(probe));
  return chosen;
}

/// Everything that takes part in one survey; runs on the calling thread.
class Surveyor {
 public:
  Surveyor(const Config& config, const Log& log, NetLoop& net, bool probe)
      : config_(config),
        net_(net),
        probes_(probe),
        gate_(budget_options_of(config), {clock_, telemetry_, log}),
        client_(atlas_options_of(config), {net, net, gate_, clock_, telemetry_, log}),
        discovery_(discovery_options_of(config), wanted_of(config),
                   {net, clock_, client_.directory(), memory_, telemetry_, log,
                    [this](auto inventory) { found(*inventory); }}) {}

  Result<Survey> run() {
    if (Status loaded = discovery_.load(); !loaded) return loaded.error();
    net_.post([this] { discovery_.start(); });
    if (Status ran = net_.run(done_.get_token()); !ran) return ran.error();
    survey_.rates = rates_of(config_, targets_of(survey_.inventory));
    return std::move(survey_);
  }

 private:
  void found(const Inventory& inventory) {
    if (!inventory.settled || discovered_) return;
    discovered_ = true;
    discovery_.stop();
    survey_.inventory = inventory;
    if (is_whole(inventory)) survey_.idle_rules = idle_rules(rules_of(config_), inventory);
    if (probes_) survey_.probes = probes_of(inventory);
    probe_next(0);
  }

  void probe_next(std::size_t number) {
    if (number == survey_.probes.size()) {
      done_.request_stop();
      return;
    }
    Probe& probe = survey_.probes[number];
    client_.probe(probe.target, [this, number, &probe](Status status) {
      const TargetKey& key = probe.target.key;
      if (status) probe.credential = client_.credential_in_use(key.project_id, key.source);
      probe.status = std::move(status);
      probe_next(number + 1);
    });
  }

  const Config& config_;
  SystemClock clock_;
  Telemetry telemetry_;
  NoMemory memory_;
  NetLoop& net_;
  bool probes_;
  bool discovered_ = false;
  std::stop_source done_;
  Survey survey_;
  CallGate gate_;
  AtlasClient client_;
  Discovery discovery_;
};

}  // namespace

bool Survey::is_good() const {
  const auto is_missing = [](const InventoryCluster& known) {
    return known.configured && !known.listed;
  };
  const auto lacks_some = [&](const InventoryProject& project) {
    return std::ranges::any_of(project.clusters, is_missing);
  };
  return is_whole(inventory) && !rates.empty() &&
         std::ranges::none_of(inventory.projects, lacks_some) &&
         std::ranges::all_of(probes, [](const Probe& probe) { return probe.status.ok(); });
}

Result<Survey> survey(const Config& config, const Log& log, bool probe) {
  const SystemClock clock;
  auto net = NetLoop::create(net_options_of(config), clock);
  if (!net) return net.error();
  return Surveyor(config, log, **net, probe).run();
}

}  // namespace restorewatch
