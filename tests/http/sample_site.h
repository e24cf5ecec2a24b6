#pragma once

// What a site is made from, by hand: clusters, jobs and a journal in memory.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/site.h"
#include "jobs/job_builders.h"

namespace restorewatch::testing_site {

using namespace testing_jobs;

/// U+202E: what follows is shown from right to left. In two pieces, so that nobody's editor is
/// misled by it.
inline const std::string kTurnsTextAround = std::string("\xE2\x80") + "\xAE";

/// An archive that holds what a test puts into it.
class FakeArchive final : public Archive {
 public:
  std::map<TargetKey, std::vector<TrackedJob>> jobs;  // of each, newest first
  std::vector<JournalEntry> entries;                  // numbers from 1
  bool broken = false;
  int targets_asked = 0;

  Result<std::vector<TrackedJob>> jobs_of(const JobQuestion& question) override {
    ++targets_asked;
    if (broken) return failure();
    std::vector<TrackedJob> found;
    for (const TrackedJob& tracked : jobs[question.target]) {
      const bool is_wanted = (question.states & only(tracked.job.state)) != 0;
      if (!is_wanted || (question.before && tracked.job.id >= *question.before)) continue;
      if (found.size() < question.limit) found.push_back(tracked);
    }
    return found;
  }

  Result<JournalPage> transitions_after(std::uint64_t after, std::size_t limit) override {
    if (broken) return failure();
    JournalPage page{{}, after, true};
    for (const JournalEntry& entry : entries) {
      if (entry.seq <= after) continue;
      if (page.entries.size() == limit) {
        page.is_last = false;
        break;
      }
      page.entries.push_back(entry);
      page.read_to = entry.seq;
    }
    return page;
  }

  Result<std::vector<JournalEntry>> newest_transitions(std::size_t limit) override {
    if (broken) return failure();
    std::vector<JournalEntry> newest(entries.rbegin(), entries.rend());
    newest.resize(std::min(newest.size(), limit));
    return newest;
  }

 private:
  static Error failure() { return {ErrorKind::Storage, "the disk is gone"}; }
};

/// A site of which a test says what there is.
class SampleSite {
 public:
  SampleSite() { inventory_.settled = true; }

  /// A project of the digit's id, named after it; clusters go into the last one.
  SampleSite& project(char digit, std::string name) {
    inventory_.projects.push_back({});
    inventory_.projects.back().project = {testing_jobs::project(digit), std::move(name), {}};
    return *this;
  }

  InventoryProject& last_project() { return inventory_.projects.back(); }

  /// A cluster that is looked at, has been seen a minute before noon, and has nothing wrong.
  TargetView& cluster(const std::string& name) {
    known(name).sources = {{Source::Dedicated, false}};
    auto view = std::make_shared<TargetView>();
    view->target.key = {last_project().project.id, name, Source::Dedicated};
    view->target.project_name = last_project().project.name;
    view->up = true;
    view->last_success_at = noon() - minutes(1);
    view->present_unknown = false;
    view->sight = Sight::Visible;
    view->effective_interval = seconds(60);
    views_.push_back(view);
    return *view;
  }

  /// One that only the inventory knows.
  InventoryCluster& known(const std::string& name) {
    last_project().clusters.push_back({});
    last_project().clusters.back().cluster.name = name;
    return last_project().clusters.back();
  }

  /// Every cluster is held to these.
  SampleSite& objectives(const Objectives& all) {
    rules_.push_back({{}, all});
    return *this;
  }

  /// A job of the cluster: counted in its view and kept in the archive.
  static TrackedJob tracked(const RestoreJob& job) {
    TrackedJob tracked;
    tracked.job = job;
    tracked.outcome = job.outcome;
    if (is_ended(job.state)) tracked.ended_at = job.finished_at.value_or(job.requested_at);
    return tracked;
  }
  void add_job(TargetView& view, const RestoreJob& job) {
    ++view.summary.jobs[index_of(job.state)];
    if (is_active(job.state)) view.summary.oldest_active_requested_at = job.requested_at;
    auto& jobs = archive->jobs[view.target.key];
    jobs.insert(jobs.begin(), tracked(job));
  }

  void add_transition(const TargetView& view, const RestoreJob& job,
                      WallTime observed_at = noon() - minutes(5)) {
    Transition transition;
    transition.target = view.target.key;
    transition.project_name = view.target.project_name;
    transition.job = job;
    transition.to = job.state;
    transition.outcome = job.outcome;
    transition.observed_at = observed_at;
    archive->entries.push_back({archive->entries.size() + 1, transition});
  }

  std::shared_ptr<Snapshot> snapshot() const {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->inventory = std::make_shared<const Inventory>(inventory_);
    if (!rules_.empty()) snapshot->objectives = std::make_shared<const ObjectiveRules>(rules_);
    for (const auto& view : views_) snapshot->targets.push_back(view);
    return snapshot;
  }

  /// Of it as it is at each call.
  SiteSource source() const {
    const auto event_of = [](const JournalEntry& entry) -> std::vector<Field> {
      const Transition& step = *entry.transition();
      const char* const level = step.to == JobState::Failed ? "error" : "info";
      std::vector<Field> fields{
          {"job_id", to_string(step.job.id)}, {"to", label(step.to)}, {"level", level}};
      if (step.violations.any()) fields.emplace_back("violations", label(step.violations));
      return fields;
    };
    return {[this] { return snapshot(); }, [] { return noon(); }, archive, event_of,
            [this] { return troubles; }};
  }

  std::shared_ptr<FakeArchive> archive = std::make_shared<FakeArchive>();
  std::vector<std::string> troubles;

 private:
  Inventory inventory_;
  ObjectiveRules rules_;
  std::vector<std::shared_ptr<TargetView>> views_;
};

}  // namespace restorewatch::testing_site
