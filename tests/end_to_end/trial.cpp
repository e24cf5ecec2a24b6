#include "end_to_end/trial.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <utility>

#include "end_to_end/journal_check.h"

namespace restorewatch {
namespace {

constexpr const char* kSecret = "SECRETHOOK-e2e-0001";
constexpr std::chrono::milliseconds kBetweenTicks{300};
constexpr int kKillsBeforeTheBeginning = 10;
constexpr std::array<const char*, 4> kCounters{
    "mongodbatlas_restore_transitions_total", "mongodbatlas_restore_jobs_requested_total",
    "mongodbatlas_restore_jobs_finished_total", "mongodbatlas_restore_missed_transitions_total"};

using Pages = std::array<SeriesMap, kCounters.size()>;

Pages pages_of(const Recount& recount) {
  return {recount.transitions, recount.requested, recount.finished, recount.missed};
}

Pages pages_of(const Expected& expected) {
  return {expected.transitions, expected.requested, expected.finished, expected.missed};
}

void add(std::vector<std::string> more, std::vector<std::string>& findings) {
  std::ranges::move(more, std::back_inserter(findings));
}

void add_differences(const Pages& is, const Pages& should_be, std::string_view of_what,
                     std::vector<std::string>& findings) {
  for (std::size_t i = 0; i < kCounters.size(); ++i) {
    const std::string wrong = differences(is.at(i), should_be.at(i));
    if (!wrong.empty())
      findings.push_back(fmt::format("{}, {}: {}", of_what, kCounters.at(i), wrong));
  }
}

}  // namespace

Trial::Trial(std::uint32_t seed, std::chrono::seconds lifetime)
    : stage_(RestlessJobs::scenario(), lifetime),
      receiver_(kSecret),
      chaos_(stage_, jobs_.settings(receiver_, kSecret), seed),
      draw_(seed) {}

bool Trial::watch_begins() {
  for (int i = 0; i < kKillsBeforeTheBeginning; ++i) chaos_.kill_at_some_moment();
  if (!chaos_.run_until([this] { return jobs_.all_seen(); })) return false;
  jobs_.end_of_history();
  chaos_.stop();  // so that the projects are remembered: of their later clusters everything is news
  return true;
}

std::set<std::string> Trial::awaited(const std::vector<TrueJob>& truth) {
  auto missing = awaited_events(truth, jobs_.baseline(), chaos_.events().ids());
  missing.merge(awaited_events(truth, jobs_.baseline(), accepted_ids(receiver_)));
  return missing;
}

std::string Trial::settle(std::chrono::seconds patience) {
  const std::vector<TrueJob> truth = jobs_.truth();
  // A job is lost when Atlas does not know it, twice, and some time by Atlas's clock apart.
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    if (chaos_.run_until([&] { return awaited(truth).empty(); }, kBetweenTicks)) return "";
    jobs_.let_pass(std::chrono::seconds(1));
  }
  const auto missing = awaited(truth);
  return missing.empty() ? "the daemon has ended" : *missing.begin();
}

Verdict Trial::judge(Steps steps) {
  Verdict verdict;
  // A job may have been written down, and nobody told, just before it was lost: so twice.
  for (int i = 0; i < 2; ++i) {
    const std::string missing = settle();
    if (!missing.empty()) verdict.findings.push_back(missing + " was not told in time");
    chaos_.stop();
  }
  compare_pages(jobs_.truth(), steps, verdict);
  const auto journal = read_journal(store());
  add(journal_findings(journal), verdict.findings);
  add(store_findings(store()), verdict.findings);
  add(chaos_.findings(), verdict.findings);
  add(chaos_.counters().findings(), verdict.findings);

  const auto runs = chaos_.events().runs();
  const auto ids = event_ids(journal);
  add(delivery_findings(runs, ids), verdict.findings);
  const auto parked = given_up_by(store(), "pager");
  add(receiver_findings(receiver_, journal, parked), verdict.findings);
  verdict.transitions = ids.size();
  for (const auto& run : runs) verdict.lines += run.size();
  verdict.line_repeats = verdict.lines - chaos_.events().ids().size();
  verdict.deliveries = receiver_.received().size();
  verdict.delivery_repeats = verdict.deliveries - accepted_ids(receiver_).size();
  verdict.given_up = parked.size();
  return verdict;
}

void Trial::compare_pages(const std::vector<TrueJob>& truth, Steps steps, Verdict& verdict) {
  const auto journal = read_journal(store());
  Witnessed witnessed = witness(truth, jobs_.baseline(), journal, steps);
  add(std::move(witnessed.findings), verdict.findings);
  const Pages proved = pages_of(Recount(journal, truth));
  add_differences(proved, pages_of(Expected(witnessed.jobs, jobs_.baseline())), "journal and truth",
                  verdict.findings);
  Pages page;
  chaos_.run_until(
      [&] {
        for (std::size_t i = 0; i < kCounters.size(); ++i) {
          page.at(i) = without_zeros(stage_.metric(kCounters.at(i)));
        }
        return page == proved;
      },
      std::chrono::seconds(20));
  chaos_.stop();
  add_differences(page, proved, "page and journal", verdict.findings);
}

}  // namespace restorewatch
