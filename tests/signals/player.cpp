#include "signals/player.h"

#include <array>
#include <cstdlib>
#include <future>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "poller/poller_fixture.h"

namespace restorewatch::testing_signals {
namespace {

using std::chrono::minutes;

constexpr std::array kSources{Source::Dedicated, Source::Collection};

Settings settings_of(const History& history) {
  Settings settings;
  settings.lookback = minutes(history.lookback);
  settings.lost_after = minutes(history.lost_after);
  if (history.cluster_age >= 0) {
    settings.watched_from_birth = testing_jobs::noon() - minutes(history.cluster_age);
  }
  return settings;
}

std::string describe(const Transition& step) {
  return fmt::format(
      "job {} {}>{} nth={} outcome={}{}{}{}", static_cast<int>(step.job.id.bytes.back()),
      step.from ? label(*step.from) : "none", label(step.to), step.nth,
      step.outcome ? label(*step.outcome) : "none", step.counts_request ? " +request" : "",
      step.counts_outcome ? " +outcome" : "", step.missed ? " missed" : "");
}

}  // namespace

Player::Player(const History& history, StoreMaker& maker)
    : history_(history), maker_(maker), settings_(settings_of(history)), model_(settings_) {}

std::optional<std::string> Player::play() {
  start();
  for (const Step& step : history_.steps) {
    take(step);
    loop_.run();
    if (auto odd = difference()) return odd;
  }
  end(true);
  return std::nullopt;
}

void Player::take(const Step& step) {
  switch (step.deed) {
    case Deed::Look:
    case Deed::CutLook:
    case Deed::FailedLook:
    case Deed::UnansweredLook:
    case Deed::UnwrittenLook:
    case Deed::KilledLook:
      return look(step);
    case Deed::Restart:
      settings_.lookback = minutes(step.number);
      end(true);
      return start();
    case Deed::Kill:
      end(false);
      return start();
    case Deed::Down:
      end(false);
      clock_.advance(minutes(step.number));
      return start();
    case Deed::SwitchOff:
      off_.insert(ScriptedAtlas::source_of(step.job));
      return watch();
    case Deed::SwitchOn:
      off_.erase(ScriptedAtlas::source_of(step.job));
      return watch();
    case Deed::Retention:
      return cut();
    case Deed::SetClock:
      return set_clock(step.number);
    default:
      return atlas_.happen(step);
  }
}

void Player::look(const Step& step) {
  if (step.deed == Deed::Look) return loop_.run_for(minutes(step.number));
  atlas_.hinder(step);
  if (step.deed == Deed::UnwrittenLook) store_.set(FallibleStore::Commits::Refused);
  if (step.deed == Deed::KilledLook) store_.set(FallibleStore::Commits::NeverAnswered);
  loop_.run_for(minutes(1));
  if (step.deed == Deed::KilledLook) {
    store_.set(FallibleStore::Commits::Written);
    end(false);
    start();
  }
}

void Player::start() {
  model_.configure(settings_);
  loop_.forget();
  telemetry_ = std::make_unique<Telemetry>();
  PollerOptions options;
  options.interval = options.collection_interval = minutes(1);
  options.active_interval = options.interval;
  options.full_sweep_interval = options.interval;
  options.baseline_lookback = settings_.lookback;
  options.lost_after = settings_.lost_after;
  options.retention = settings_.retention;
  options.spread = false;
  poller_ = std::make_unique<Poller>(
      options,
      Poller::Deps{loop_, clock_, atlas_, store_, budget_, *telemetry_, Log(), [](auto) {}, {}});
  if (!poller_->load()) std::abort();
  poller_->start();
  watch();
}

void Player::end(bool in_good_order) {
  if (in_good_order) poller_->stop();
  poller_.reset();
  maker_.restart();
}

void Player::watch() {
  std::vector<Target> targets;
  for (const Source source : kSources) {
    if (!off_.contains(source)) targets.push_back(target(source));
  }
  poller_->watch(std::make_shared<const Inventory>(inventory_of(targets)));
}

/// As the daemon does it: not while our clock is known to be wrong.
void Player::cut() {
  const auto offset = clock_.true_now() - clock_.wall_now();
  if (std::chrono::abs(offset) > std::chrono::hours(1)) return;
  end(true);
  const WallTime horizon = clock_.wall_now() - settings_.retention;
  std::promise<CommitStatus> done;
  maker_.jobs().forget(horizon, clock_.wall_now(),
                       [&](CommitStatus status) { done.set_value(status); });
  if (done.get_future().get() != CommitStatus::Committed) std::abort();
  model_.forget(horizon);
  start();
}

void Player::set_clock(int minutes_off) {
  const auto now = clock_.wall_now() - clock_.true_now();
  clock_.jump(minutes(minutes_off) - now);
}

Target Player::target(Source source) const {
  Target target;
  target.key = testing_jobs::target_key();
  target.key.source = source;
  target.project_name = "prod";
  target.credentials = {"main"};
  if (settings_.watched_from_birth) {
    target.cluster_created_at = settings_.watched_from_birth;
    target.project_known_since = testing_jobs::noon() - std::chrono::days(30);
  }
  return target;
}

std::optional<std::string> Player::difference() {
  const auto fresh = maker_.journal().read_after(last_seq_, 10'000);
  if (!fresh) return "the journal cannot be read: " + fresh.error().detail;
  fresh_ = *fresh;
  if (!fresh_.empty()) last_seq_ = fresh_.back().seq;
  std::map<Source, std::vector<std::string>> expected;
  for (const Sight& sight : atlas_.take_sights()) {
    if (auto odd = question_difference(sight)) return odd;
    ReferenceModel after = model_;
    auto events = after.look(sight);
    if (store_.refuses()) continue;  // it comes again with the next look
    model_ = std::move(after);
    for (std::string& event : events) expected[sight.source].push_back(std::move(event));
  }
  store_.set(FallibleStore::Commits::Written);
  for (const Source source : kSources) {
    const auto told = new_events(source);
    if (told != expected[source]) {
      return fmt::format("the events of {} must be\n  {}\nand are\n  {}", label(source),
                         fmt::join(expected[source], "\n  "), fmt::join(told, "\n  "));
    }
    if (auto odd = state_difference(source)) return odd;
  }
  return totals_difference();
}

/// All are asked for, unless the questions end with one that is not answered.
std::optional<std::string> Player::question_difference(const Sight& sight) const {
  std::vector<JobId> expected = model_.questions(sight);
  const bool stalled = sight.asked.size() > sight.answered.size();
  if (stalled && sight.asked.size() < expected.size()) expected.resize(sight.asked.size());
  if (sight.asked == expected) return std::nullopt;
  return fmt::format("{} questions about single jobs must be {}", label(sight.source),
                     expected.size());
}

std::vector<std::string> Player::new_events(Source source) const {
  std::vector<std::string> events;
  for (const JournalEntry& entry : fresh_) {
    const Transition* const step = entry.transition();
    if (step != nullptr && step->target.source == source) events.push_back(describe(*step));
  }
  return events;
}

std::optional<std::string> Player::state_difference(Source source) {
  const auto record = maker_.jobs().load(target(source).key);
  if (!record) return "the record cannot be read: " + record.error().detail;
  const std::string expected = told_by_model(source);
  const std::string told = told_by_store(*record);
  if (told == expected) return std::nullopt;
  return fmt::format("the record of {} must be\n{}and is\n{}", label(source), expected, told);
}

std::string Player::told_by_model(Source source) const {
  const auto found = model_.sources().find(source);
  if (found == model_.sources().end()) return told_by_store({});
  const ReferenceModel::Watched& watched = found->second;
  std::string text =
      fmt::format("  baseline {} requested {}\n",
                  watched.baseline ? format_time(*watched.baseline) : "none", watched.requested);
  for (const auto& [what, count] : watched.finished) {
    text += fmt::format("  {} {}: {}\n", label(what.first), label(what.second), count);
  }
  for (const auto& [id, job] : watched.jobs) {
    text += fmt::format("  job {} {} outcome={}\n", static_cast<int>(id.bytes.back()),
                        label(job.state), job.outcome ? label(*job.outcome) : "none");
  }
  return text;
}

std::string Player::told_by_store(const TargetRecord& record) {
  const auto& requested = record.counters.requested;
  std::string text =
      fmt::format("  baseline {} requested {}\n",
                  record.baseline_at ? format_time(*record.baseline_at) : "none",
                  std::accumulate(requested.begin(), requested.end(), std::uint64_t{0}));
  for (const Kind kind : {Kind::Restore, Kind::Download}) {
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      const auto count = record.counters.finished.at(index_of(kind)).at(i);
      if (count == 0) continue;
      text += fmt::format("  {} {}: {}\n", label(kind), label(static_cast<Outcome>(i)), count);
    }
  }
  for (const JobView job : record.jobs) {
    text += fmt::format("  job {} {} outcome={}\n", static_cast<int>(job.id().bytes.back()),
                        label(job.state()), job.outcome() ? label(*job.outcome()) : "none");
  }
  return text;
}

std::optional<std::string> Player::totals_difference() {
  const auto totals = maker_.jobs().load_totals();
  if (!totals) return "the totals cannot be read: " + totals.error().detail;
  std::uint64_t missed = 0;
  for (const auto& [project, count] : totals->missed) missed += count;
  if (missed == static_cast<std::uint64_t>(model_.missed())) return std::nullopt;
  return fmt::format("missed must be {} and is {}", model_.missed(), missed);
}

}  // namespace restorewatch::testing_signals
