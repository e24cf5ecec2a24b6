#include "http/site_scenes.h"

#include <functional>

namespace restorewatch::testing_site {
namespace {

using std::chrono::days;
constexpr auto kAutomated = index_of(Delivery::Automated);
constexpr auto kRestore = index_of(Kind::Restore);

/// It was restored well so long ago, as a drill, and that took so long.
void restored(TargetView& view, std::chrono::minutes ago, std::chrono::minutes took = minutes(48)) {
  const WallTime ended = noon() - ago;
  view.summary.last_success[kAutomated] =
      LastSuccess{ended, ended - took, took, ended - took - hours(6)};
  view.summary.last_drill_success_at = ended;
}

void failed(TargetView& view, std::chrono::minutes ago) {
  view.summary.last_failure[kRestore] = LastFailure{noon() - ago, noon() - ago};
}

void blind(TargetView& view, ErrorKind why, std::chrono::minutes ago) {
  view.up = false;
  view.sight = Sight::Blind;
  view.present_unknown = true;
  view.last_success_at = noon() - ago;
  view.trouble = Trouble{why, noon() - ago};
}

void down(TargetView& view, ErrorKind why, std::chrono::minutes ago) {
  view.up = false;
  view.trouble = Trouble{why, noon() - ago};
}

struct Destination {
  std::string cluster = "drill-1";
  std::optional<ProjectId> project{};  // absent: the cluster's own
};

/// That was asked for so long ago.
RestoreJob job_of(const TargetView& view, JobState state, int n, std::chrono::minutes ago,
                  Destination destination) {
  RestoreJob shown = job(state, n, ago);
  shown.target_project_id = destination.project.value_or(view.target.key.project_id);
  shown.target_cluster = std::move(destination.cluster);
  if (restores(shown.delivery)) return shown;
  shown.target_project_id.reset();
  shown.target_cluster.reset();
  return shown;
}

void running(SampleSite& site, TargetView& view, int n, std::chrono::minutes ago,
             Destination destination) {
  site.add_job(view, job_of(view, JobState::InProgress, n, ago, std::move(destination)));
}

void step(SampleSite& site, const TargetView& view, JobState state, int n, std::chrono::minutes ago,
          Destination destination = {}) {
  const RestoreJob shown = job_of(view, state, n, ago, std::move(destination));
  site.add_transition(view, shown, shown.finished_at.value_or(noon() - ago) + seconds(20));
}

Objectives usual_objectives() {
  return {days(30), hours(4), hours(24)};
}

std::unique_ptr<SampleSite> healthy() {
  auto site = std::make_unique<SampleSite>();
  site->objectives(usual_objectives());
  site->project('1', "prod-payments");
  for (const char* const name : {"ledger", "orders", "prod-a", "prod-b"}) {
    restored(site->cluster(name), days(3 + std::string_view(name).size()));
  }
  TargetView& busy = site->cluster("settlement");
  restored(busy, days(21));
  running(*site, busy, 3, minutes(74), {});
  site->project('2', "prod-analytics");
  for (const char* const name : {"events", "warehouse"}) restored(site->cluster(name), days(12));
  TargetView& last = site->cluster("warehouse-eu");
  restored(last, hours(30));
  step(*site, last, JobState::InProgress, 1, hours(31));
  step(*site, last, JobState::Completed, 1, hours(31));
  step(*site, busy, JobState::InProgress, 3, minutes(74));
  return site;
}

void trouble_in_payments(SampleSite& site) {
  site.project('1', "prod-payments");
  restored(site.cluster("carts"), days(2));
  TargetView& ledger = site.cluster("ledger");
  restored(ledger, days(9));
  failed(ledger, minutes(38));
  TargetView& orders = site.cluster("orders");
  restored(orders, days(4), minutes(402));
  TargetView& prod_a = site.cluster("prod-a");
  restored(prod_a, days(11));
  running(site, prod_a, 4, minutes(391), {});
  TargetView& prod_b = site.cluster("prod-b");
  restored(prod_b, days(33));
  const Destination elsewhere{"drill-2", project('2')};
  running(site, prod_b, 5, minutes(52), elsewhere);
  prod_b.last_violation_at[index_of(PolicyRule::TargetProject)] = noon() - minutes(52);
  InventoryCluster& archive = site.known("archive");
  archive.cluster.backup_enabled = false;
  archive.not_polled = NotPolled::BackupDisabled;
  step(site, prod_a, JobState::InProgress, 4, minutes(391));
  step(site, prod_b, JobState::InProgress, 5, minutes(52), elsewhere);
  std::get<Transition>(site.archive->entries.back().what)
      .violations.set(index_of(PolicyRule::TargetProject));
  step(site, ledger, JobState::Failed, 6, minutes(38));
}

void trouble_in_analytics(SampleSite& site) {
  site.project('2', "prod-analytics");
  TargetView& events = site.cluster("events");
  restored(events, days(18));
  blind(events, ErrorKind::Forbidden, minutes(187));
  TargetView& trials = site.cluster("trials");
  restored(trials, days(8));
  down(trials, ErrorKind::Timeout, minutes(4));
  TargetView& warehouse = site.cluster("warehouse");
  restored(warehouse, days(6));
  warehouse.summary.links_active = 1;
  warehouse.summary.link_expires_at = noon() + minutes(95);
  site.cluster("warehouse-eu");
  step(site, warehouse, JobState::Ready, 7, minutes(21));
}

std::unique_ptr<SampleSite> trouble() {
  auto site = std::make_unique<SampleSite>();
  site->objectives(usual_objectives());
  trouble_in_payments(*site);
  trouble_in_analytics(*site);
  site->project('3', "sandbox");
  site->last_project().problem = Error{ErrorKind::Unauthorized, "not told to anybody"};
  site->troubles = {
      "The configuration was refused when it was last read; the one before is in force."};
  return site;
}

std::string padded(std::size_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

/// A project's id from its number.
ProjectId numbered(std::size_t number) {
  ProjectId id = project('1');
  id.bytes[10] = static_cast<std::uint8_t>(number >> 8U);
  id.bytes[11] = static_cast<std::uint8_t>(number);
  return id;
}

std::unique_ptr<SampleSite> large() {
  constexpr std::size_t kProjects = 100;
  constexpr std::size_t kClustersEach = 100;
  auto site = std::make_unique<SampleSite>();
  site->objectives(usual_objectives());
  for (std::size_t i = 0; i < kProjects * kClustersEach; ++i) {
    if (i % kClustersEach == 0) {
      site->project('1', "payments-" + padded(i / kClustersEach, 3));
      site->last_project().project.id = numbered(i / kClustersEach);
    }
    TargetView& view = site->cluster("production-" + padded(i, 5));
    restored(view, hours(i * 7919 % 700));
    if (i % 1409 == 17) failed(view, minutes(i % 400 + 5));
    if (i % 823 == 5) blind(view, ErrorKind::Timeout, minutes(i % 300 + 20));
    if (i % 211 == 3) running(*site, view, static_cast<int>(i % 200), minutes(i % 230 + 2), {"dr"});
    if (i % 601 == 8) step(*site, view, JobState::Completed, 2, minutes(i % 50 + 60));
  }
  return site;
}

std::unique_ptr<SampleSite> hostile() {
  auto site = std::make_unique<SampleSite>();
  site->project('1', "</title><script>document.title='owned'</script>");
  TargetView& view = site->cluster(R"("><img src=x onerror="document.title='owned'">&amp;)");
  failed(view, minutes(5));
  running(*site, view, 1, minutes(5), {"'</span><script>document.title='owned'</script>"});
  step(*site, view, JobState::InProgress, 1, minutes(5));
  site->cluster(std::string(240, 'W'));
  site->cluster(kTurnsTextAround + "gnp.exe \xFF\x01");
  site->troubles = {"<script>document.title='owned'</script>"};
  return site;
}

}  // namespace

std::unique_ptr<SampleSite> scene(std::string_view name) {
  constexpr std::array kMakers{healthy, trouble, large, hostile};
  static_assert(kMakers.size() == kScenes.size());
  for (std::size_t i = 0; i < kScenes.size(); ++i) {
    if (kScenes.at(i) == name) return kMakers.at(i)();
  }
  return nullptr;
}

}  // namespace restorewatch::testing_site
