#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "inventory/cluster_list.h"
#include "inventory/project_lists.h"
#include "inventory/wanted.h"
#include "jobs/directory.h"
#include "jobs/inventory.h"
#include "jobs/inventory_store.h"

namespace restorewatch {

/// Puts together what the configuration names and what each credential's answers say, round by
/// round: first the lists of projects, then each project's clusters. An answer that fails changes
/// nothing but is told; what disappears has to be missing twice. Without I/O and without a clock.
/// Not thread-safe.
class Roster {
 public:
  /// `remembered`: what an earlier run knew, so that there is something to go by until Atlas has
  /// answered. Of it, only what is still wanted is taken over.
  /// `confirm_after`: how long a cluster has to be missing at least.
  Roster(Wanted wanted, const std::vector<KnownProject>& remembered,
         std::chrono::milliseconds confirm_after = {});
  Roster(const Roster&) = delete;
  Roster& operator=(const Roster&) = delete;

  /// The configuration wants something else from now on. Of what stays wanted nothing is forgotten;
  /// what comes back into view is as seen for the first time, since only the configuration has
  /// changed and not what there is.
  void reconfigure(Wanted wanted, std::chrono::milliseconds confirm_after);

  /// The answer of one credential to the question which projects it sees. Not `whole`: what it does
  /// not list may be there all the same.
  void projects_listed(const std::string& credential, Result<std::vector<Project>> answer,
                       bool whole = true);

  /// Every credential was asked. Projects that none of them sees any more go, at the second time; a
  /// credential that did not answer says nothing of those that only it saw.
  void projects_complete();

  /// What to ask about the clusters of every project, in order of project id.
  std::vector<Directory::ClusterQuestion> questions() const;
  /// The same of one project; absent where it is not watched.
  std::optional<Directory::ClusterQuestion> question_about(const ProjectId& project) const;

  void clusters_listed(const ProjectId& project, Result<std::vector<Cluster>> answer, WallTime now,
                       bool whole = true);

  /// Some projects were missing for the first time: asking again soon would settle it.
  bool misses_projects() const;
  /// The same of the clusters of one project.
  bool misses_clusters(const ProjectId& project) const;

  /// What take_inventory() would give is not what it gave last.
  bool has_changed() const { return changed_; }

  /// What to poll and to show. Hands out each gone target once. Once it is settled it stays so.
  Inventory take_inventory();

  /// What has happened since it was asked for last.
  std::vector<News> take_news();

  /// What a later run should know.
  std::vector<KnownProject> to_remember() const;

 private:
  struct Entry {
    InventoryProject shown;
    const WantedProject* wanted = nullptr;  // where the configuration names it
    bool missing = false;                   // no credential saw it the last time
    bool answered = false;                  // about its clusters, well or not, in this run
    bool heard = false;                     // the same, well
  };

  static const std::vector<Cluster>* names_of(const Entry& entry);
  void add_wanted_projects();
  void settle_credentials();
  void settle_clusters();
  void take_over(const KnownProject& known);
  void carry_over(Entry before, bool more_lists);
  void add_project(const Project& project, const WantedProject* wanted);
  void rename(Entry& entry, const Project& project);
  bool update_credentials(Entry& entry);
  bool is_gone(Entry& entry);
  void drop(const Entry& entry);
  void note_gone(const ProjectId& project, const InventoryCluster& cluster);
  void note_problem(Entry& entry, Error problem);
  void note_settled();
  bool is_listed(const TargetKey& key) const;
  void tell(bool warning, std::string_view what, const Entry& entry, std::string detail = "");
  void tell(bool warning, std::string_view what, std::string detail);

  Wanted wanted_;
  std::chrono::milliseconds confirm_after_;
  ProjectLists lists_;
  std::map<ProjectId, Entry> projects_;
  std::vector<TargetKey> gone_;
  std::vector<News> news_;
  bool changed_ = true;
  bool projects_known_ = false;  // every credential has answered, well or not
  bool settled_ = false;         // and so has every project
};

}  // namespace restorewatch
