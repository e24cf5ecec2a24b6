// Random worlds against a model that remembers only what Atlas answered last.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "inventory/inventory_builders.h"
#include "inventory/roster.h"

namespace restorewatch {
namespace {

using namespace testing_inventory;

constexpr unsigned kRuns = 2000;
constexpr int kRounds = 12;
const std::vector<std::string> kCredentials{"x", "a", "m"};

class World {
 public:
  explicit World(unsigned seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) make_project();
  }

  void change() {
    for (unsigned i = below(4); i > 0; --i) change_once();
  }

  unsigned below(unsigned end) {
    return std::uniform_int_distribution<unsigned>(0, end - 1)(random_);
  }
  bool one_in(unsigned n) { return below(n) == 0; }

  Result<std::vector<Project>> projects(const std::string& credential) {
    if (one_in(6)) return Error{ErrorKind::Unreachable, "no"};
    std::vector<Project> seen;
    for (const auto& [id, known] : projects_) {
      if (known.seen_by.contains(credential) && !one_in(25)) seen.push_back(known.project);
    }
    return shuffled(std::move(seen));
  }

  Result<std::vector<Cluster>> clusters(const ProjectId& id) {
    if (one_in(6) || !projects_.contains(id)) return Error{ErrorKind::NotFound, "no"};
    std::vector<Cluster> listed;
    for (const Cluster& known : projects_.at(id).clusters) {
      if (!one_in(12)) listed.push_back(known);
    }
    return shuffled(std::move(listed));
  }

  template <typename T>
  std::vector<T> shuffled(std::vector<T> list) {
    std::ranges::shuffle(list, random_);
    return list;
  }

 private:
  struct Known {
    Project project;
    std::set<std::string> seen_by;
    std::vector<Cluster> clusters;
  };

  void change_once() {
    if (projects_.empty()) return make_project();
    auto at = std::next(projects_.begin(), below(static_cast<unsigned>(projects_.size())));
    Known& known = at->second;
    switch (below(10)) {
      case 0:
        return make_project();
      case 1:
        if (one_in(3)) projects_.erase(at);
        return;
      case 2:
        known.project.name = name_of_project();
        return;
      case 3:
        toggle_sight(known);
        return;
      case 4:
      case 5:
        return make_cluster(known);
      default:
        change_cluster(known);
    }
  }

  void make_project() {
    Known known;
    known.project = project(++projects_made_, name_of_project());
    toggle_sight(known);
    toggle_sight(known);
    make_cluster(known);
    projects_[known.project.id] = std::move(known);
  }

  std::string name_of_project() {
    return (one_in(5) ? "sandbox-" : "prod-") + std::to_string(below(5));
  }

  void toggle_sight(Known& known) {
    const std::string& credential = kCredentials[below(3)];
    if (known.seen_by.erase(credential) == 0) known.seen_by.insert(credential);
  }

  void make_cluster(Known& known) {
    const std::string name(1, static_cast<char>('a' + below(4)));
    if (lives(known, name)) return;
    known.clusters.push_back(
        cluster(name, ++clusters_made_, one_in(3) ? Tier::Flex : Tier::Dedicated));
    if (one_in(2)) known.clusters.back().created_at = day(static_cast<int>(clusters_made_));
  }

  void change_cluster(Known& known) {
    if (known.clusters.empty()) return;
    const auto at = known.clusters.begin() + below(static_cast<unsigned>(known.clusters.size()));
    switch (below(5)) {
      case 0:
        known.clusters.erase(at);
        return;
      case 1:
        at->deleted = true;
        return;
      case 2:
        at->tier = Tier::Dedicated;
        return;
      case 3:
        at->backup_enabled = one_in(2);
        return;
      default: {
        const std::string name(1, static_cast<char>('a' + below(4)));
        if (!at->deleted && !lives(known, name)) at->name = name;
      }
    }
  }

  static bool lives(const Known& known, const std::string& name) {
    return std::ranges::any_of(
        known.clusters, [&](const Cluster& other) { return other.name == name && !other.deleted; });
  }

  std::mt19937 random_;
  std::map<ProjectId, Known> projects_;
  unsigned projects_made_ = 0;
  unsigned clusters_made_ = 0;
};

Wanted wishes() {
  Wanted wanted = everything(kCredentials);
  wanted.exclude = {projects_called("sandbox-*"), clusters_called("d")};
  return wanted;
}

/// What Atlas answered last, and what must follow from it.
class Model {
 public:
  void projects(const std::string& credential, const Result<std::vector<Project>>& answer) {
    if (!answer) return;
    seen_[credential].clear();
    for (const Project& project : *answer) seen_[credential].insert(project.id);
  }

  void clusters(const ProjectId& project, const Result<std::vector<Cluster>>& answer) {
    if (!answer) return;
    before_[project] = std::exchange(last_[project], *answer);
    ++heard_[project];
  }

  /// A new run does not know what the one before it had missed once.
  void restarted() { heard_.clear(); }

  bool sees(const ProjectId& project) const {
    return std::ranges::any_of(seen_,
                               [&](const auto& seen) { return seen.second.contains(project); });
  }

  void check(const Inventory& inventory, const Wanted& wanted) {
    std::set<ProjectId> all;
    std::set<ProjectId> there;
    for (const InventoryProject& known : inventory.projects) {
      if (!known.excluded) there.insert(known.project.id);
      all.insert(known.project.id);
      check_clusters(known, wanted);
    }
    for (const auto& [credential, seen] : seen_) {
      for (const ProjectId& project : seen) EXPECT_TRUE(all.contains(project));
    }
    // Of projects that went or are excluded the roster forgets everything.
    std::erase_if(last_, [&](const auto& one) { return !there.contains(one.first); });
    std::erase_if(before_, [&](const auto& one) { return !last_.contains(one.first); });
    std::erase_if(heard_, [&](const auto& one) { return !last_.contains(one.first); });
    for (const TargetKey& gone : inventory.gone) {
      EXPECT_FALSE(sees(gone.project_id) && lists(gone)) << gone.cluster_name;
      EXPECT_TRUE(gone_.insert(gone).second) << "gone twice";
    }
    EXPECT_TRUE(targets_are_distinct(inventory));
  }

 private:
  void check_clusters(const InventoryProject& known, const Wanted& wanted) {
    if (known.excluded) {
      EXPECT_TRUE(known.clusters.empty());
      return;
    }
    check_missing(known);
    for (const Cluster& listed : last_[known.project.id]) {
      const auto same = [&](const InventoryCluster& one) { return one.cluster.id == listed.id; };
      ASSERT_EQ(std::ranges::count_if(known.clusters, same), 1);
      const InventoryCluster& shown = *std::ranges::find_if(known.clusters, same);
      std::erase_if(gone_, [&](const TargetKey& gone) { return gone.cluster_id == listed.id; });
      EXPECT_TRUE(shown.listed);
      EXPECT_EQ(shown.cluster, listed);
      if (!listed.deleted && listed_before(known.project.id, listed)) {
        const WaysToLook ways = ways_to_look(wanted, known.project, listed, false);
        EXPECT_EQ(shown.sources.size(), ways.sources.size());
        EXPECT_EQ(shown.not_polled, ways.not_polled);
      }
    }
  }

  /// Who was missing twice is not there any more.
  void check_missing(const InventoryProject& known) {
    const ProjectId& project = known.project.id;
    if (heard_[project] < 2) return;
    for (const InventoryCluster& shown : known.clusters) {
      const TargetKey key{project, shown.cluster.name, Source::Dedicated, shown.cluster.id};
      EXPECT_TRUE(lists(key) || listed_before(project, shown.cluster)) << shown.cluster.name;
    }
  }

  bool listed_before(const ProjectId& project, const Cluster& cluster) {
    return std::ranges::find(before_[project], cluster.id, &Cluster::id) != before_[project].end();
  }

  bool lists(const TargetKey& key) {
    const auto& last = last_[key.project_id];
    return std::ranges::find(last, key.cluster_id, &Cluster::id) != last.end();
  }

  static bool targets_are_distinct(const Inventory& inventory) {
    std::set<std::tuple<ProjectId, std::string, Source>> names;
    for (const Target& target : targets_of(inventory)) {
      const TargetKey& key = target.key;
      if (!names.emplace(key.project_id, key.cluster_name, key.source).second) return false;
    }
    return true;
  }

  std::map<std::string, std::set<ProjectId>> seen_;
  std::map<ProjectId, std::vector<Cluster>> last_;
  std::map<ProjectId, std::vector<Cluster>> before_;
  std::map<ProjectId, int> heard_;  // good answers in this run
  std::set<TargetKey> gone_;
};

class RandomWorldTest : public testing::Test {
 protected:
  void run(unsigned seed) {
    World world(seed);
    Model model;
    auto roster = std::make_unique<Roster>(wanted_, std::vector<KnownProject>());
    auto twin = std::make_unique<Roster>(wanted_, std::vector<KnownProject>());
    for (int round = 0; round < kRounds; ++round) {
      world.change();
      list_projects(world, model, *roster, *twin);
      list_clusters(world, model, *roster, *twin);
      const Inventory inventory = roster->take_inventory();
      const Inventory other = twin->take_inventory();
      EXPECT_EQ(inventory.projects, other.projects);
      EXPECT_EQ(std::set(inventory.gone.begin(), inventory.gone.end()),
                std::set(other.gone.begin(), other.gone.end()));
      model.check(inventory, wanted_);
      if (HasFailure()) FAIL() << "seed " << seed << ", round " << round;
      if (!world.one_in(8)) continue;  // else a restart
      roster = std::make_unique<Roster>(wanted_, roster->to_remember());
      twin = std::make_unique<Roster>(wanted_, twin->to_remember());
      model.restarted();
    }
  }

 private:
  static void list_projects(World& world, Model& model, Roster& roster, Roster& twin) {
    std::vector<std::pair<std::string, Result<std::vector<Project>>>> answers;
    for (const std::string& credential : kCredentials) {
      answers.emplace_back(credential, world.projects(credential));
      model.projects(credential, answers.back().second);
      roster.projects_listed(credential, answers.back().second);
    }
    for (const auto& [credential, answer] : world.shuffled(answers)) {
      twin.projects_listed(credential, answer ? Result(world.shuffled(*answer)) : Result(answer));
    }
    roster.projects_complete();
    twin.projects_complete();
  }

  static void list_clusters(World& world, Model& model, Roster& roster, Roster& twin) {
    std::vector<std::pair<ProjectId, Result<std::vector<Cluster>>>> answers;
    for (const auto& question : roster.questions()) {
      answers.emplace_back(question.project_id, world.clusters(question.project_id));
      model.clusters(question.project_id, answers.back().second);
      roster.clusters_listed(question.project_id, answers.back().second, day(100));
    }
    for (const auto& [project, answer] : world.shuffled(answers)) {
      twin.clusters_listed(project, answer ? Result(world.shuffled(*answer)) : Result(answer),
                           day(100));
    }
  }

  Wanted wanted_ = wishes();
};

TEST_F(RandomWorldTest, IsWatchedAsItWasListed) {
  for (unsigned seed = 0; seed < kRuns && !HasFailure(); ++seed) run(seed);
}

}  // namespace
}  // namespace restorewatch
