#include "inventory/discovery.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace restorewatch {
namespace {

/// Questions about clusters under way at a time: discovery must not crowd out the looks.
constexpr std::size_t kMaxInFlight = 4;

constexpr std::chrono::milliseconds kPublishEvery{100};

}  // namespace

Discovery::Discovery(DiscoveryOptions options, Wanted wanted, Deps deps)
    : options_(options),
      wanted_(std::move(wanted)),
      deps_(std::move(deps)),
      last_success_(deps_.telemetry.gauge("restorewatch_discovery_last_success_timestamp_seconds",
                                          "When all projects and clusters could be listed last.")),
      rounds_(deps_.telemetry.counter("restorewatch_discoveries_total",
                                      "Rounds of asking which projects and clusters there are.")) {
  for (const char* result : {"ok", "partial"}) rounds_.Add({{"result", result}});
}

Status Discovery::load() {
  auto remembered = deps_.store.load_inventory();
  if (!remembered) return remembered.error();
  roster_.emplace(wanted_, *remembered, std::min(options_.confirm_after, options_.interval));
  return Success{};
}

void Discovery::start() {
  publish();
  keep_asking();
}

void Discovery::keep_asking() {
  if (stopping_) return;
  if (!in_round_) begin_round();  // never two at a time
  asked_all_at_ = deps_.clock.steady_now();
  plan_to_ask(asked_all_at_ + options_.interval);
}

/// In place of the plan before.
void Discovery::plan_to_ask(SteadyTime when) {
  deps_.loop.at(when, [this, plan = ++plan_] {
    if (plan == plan_) keep_asking();
  });
}

void Discovery::look_again(const ProjectId& project) {
  if (stopping_ || !wanted_again_.insert(project).second) return;
  const SteadyTime now = deps_.clock.steady_now();
  const auto asked = asked_at_.find(project);
  const auto gap = gaps_.try_emplace(project, options_.confirm_after).first->second;
  look_at(project, asked == asked_at_.end() ? now : std::max(now, asked->second + gap), now);
}

void Discovery::look_at(const ProjectId& project, SteadyTime when, SteadyTime wished_at) {
  deps_.loop.at(when, [this, project, when, wished_at] {
    if (stopping_) return;
    if (in_flight_.contains(project)) {  // an answer on the way may be older than the wish
      return look_at(project, when + options_.confirm_after, wished_at);
    }
    wanted_again_.erase(project);
    const auto asked = asked_at_.find(project);
    if (asked != asked_at_.end() && asked->second > wished_at) return;  // by a round meanwhile
    wished_.insert(project);
    waiting_.insert(project);
    ask_next();
  });
}

void Discovery::begin_round() {
  in_round_ = true;
  round_failed_ = false;
  lists_in_flight_ = wanted_.credentials.size();
  if (lists_in_flight_ == 0) return all_projects_answered();
  for (const std::string& credential : wanted_.credentials) {
    deps_.directory.list_projects(credential,
                                  in_time<Listed<Project>>([this, credential](auto answer) {
                                    projects_answered(credential, std::move(answer));
                                  }));
  }
}

void Discovery::projects_answered(const std::string& credential, Result<Listed<Project>> answer) {
  round_failed_ = round_failed_ || !answer || !answer->whole;
  if (answer) {
    roster_->projects_listed(credential, std::move(answer->rows), answer->whole);
  } else {
    roster_->projects_listed(credential, answer.error());
  }
  if (--lists_in_flight_ == 0) all_projects_answered();
}

void Discovery::all_projects_answered() {
  roster_->projects_complete();
  for (const auto& question : roster_->questions()) waiting_.insert(question.project_id);
  publish_soon();
  ask_next();
}

void Discovery::ask_next() {
  const auto is_free = [this](const ProjectId& project) { return !in_flight_.contains(project); };
  while (in_flight_.size() < kMaxInFlight) {
    const auto next = std::ranges::find_if(waiting_, is_free);
    if (next == waiting_.end()) break;
    const ProjectId project = *next;
    waiting_.erase(next);
    const auto question = roster_->question_about(project);
    if (!question || is_left_alone(project)) continue;
    in_flight_.insert(project);
    asked_at_[project] = deps_.clock.steady_now();
    deps_.directory.list_clusters(*question, in_time<Listed<Cluster>>([this, project](auto answer) {
      answered(project, std::move(answer));
    }));
  }
  if (in_round_ && lists_in_flight_ == 0 && in_flight_.empty()) end_round();
}

void Discovery::answered(const ProjectId& project, Result<Listed<Cluster>> answer) {
  in_flight_.erase(project);
  round_failed_ = round_failed_ || !answer || !answer->whole;
  const bool was_wished = wished_.erase(project) > 0;
  const bool was_changed = roster_->has_changed();
  const WallTime now = deps_.clock.wall_now();
  if (answer) {
    roster_->clusters_listed(project, std::move(answer->rows), now, answer->whole);
  } else {
    roster_->clusters_listed(project, answer.error(), now);
    leave_alone(project, answer.error());
  }
  const bool is_news = !was_changed && roster_->has_changed();
  auto& gap = gaps_.try_emplace(project, options_.confirm_after).first->second;
  if (is_news) {
    gap = options_.confirm_after;
  } else if (was_wished) {  // who learns nothing is not asked for the next answer so soon
    gap = std::min(2 * gap, options_.interval);
  }
  if (roster_->misses_clusters(project)) look_again(project);
  publish_soon();
  ask_next();
}

/// Whatever asks for a pause gets it.
void Discovery::leave_alone(const ProjectId& project, const Error& error) {
  if (!error.retry_after) return;
  not_before_[project] = deps_.clock.steady_now() + *error.retry_after;
}

bool Discovery::is_left_alone(const ProjectId& project) {
  const auto found = not_before_.find(project);
  if (found == not_before_.end()) return false;
  if (found->second > deps_.clock.steady_now()) return true;
  not_before_.erase(found);
  return false;
}

void Discovery::end_round() {
  in_round_ = false;
  if (!std::exchange(was_settled_, true)) tell_what_there_is();
  rounds_.Add({{"result", round_failed_ ? "partial" : "ok"}}).Increment();
  if (!round_failed_) last_success_.Add({}).Set(unix_seconds(deps_.clock.wall_now()));
  std::erase_if(asked_at_, [this](const auto& asked) {
    return !roster_->question_about(asked.first).has_value();
  });
  std::erase_if(gaps_, [this](const auto& gap) { return !asked_at_.contains(gap.first); });
  publish();
  deps_.store.save_inventory(roster_->to_remember());  // once more, if it could not be written
  if (roster_->misses_projects()) confirm_soon();
}

void Discovery::tell_what_there_is() {
  std::size_t watched = 0;
  std::size_t others = 0;
  const std::vector<KnownProject> known_projects = roster_->to_remember();
  for (const KnownProject& project : known_projects) {
    for (const KnownCluster& known : project.clusters) ++(known.sources.empty() ? others : watched);
  }
  const std::size_t projects = known_projects.size();
  if (watched == 0) {
    deps_.log.warn("no cluster is watched; `restorewatch targets` says why",
                   {{"projects", projects}, {"clusters_not_watched", others}});
    return;
  }
  deps_.log.info(
      "projects and clusters are known",
      {{"projects", projects}, {"clusters_watched", watched}, {"clusters_not_watched", others}});
}

void Discovery::confirm_soon() {
  if (options_.confirm_after >= options_.interval) return;
  deps_.loop.at(deps_.clock.steady_now() + options_.confirm_after, [this] {
    if (!in_round_ && !stopping_ && roster_->misses_projects()) begin_round();
  });
}

/// Calls `done` once and only while nobody has stopped: with the answer, or with an error when that
/// takes too long.
template <typename T>
std::function<void(Result<T>)> Discovery::in_time(std::function<void(Result<T>)> done) {
  const auto waiting = std::make_shared<std::function<void(Result<T>)>>(std::move(done));
  const auto end = [this, waiting, generation = generation_](Result<T> answer) {
    const auto waits = std::exchange(*waiting, nullptr);
    if (waits && !stopping_ && generation == generation_) waits(std::move(answer));
  };
  deps_.loop.at(deps_.clock.steady_now() + options_.give_up_after, [end] {
    end(Error{ErrorKind::Timeout, "the question was not answered"});
  });
  return end;
}

/// Many answers come together; one inventory for all of them is enough.
void Discovery::publish_soon() {
  if (publish_planned_) return;
  publish_planned_ = true;
  deps_.loop.at(deps_.clock.steady_now() + kPublishEvery, [this] {
    if (publish_planned_ && !stopping_) publish();
  });
}

void Discovery::publish() {
  publish_planned_ = false;
  tell_news();
  if (!roster_->has_changed()) return;
  deps_.store.save_inventory(roster_->to_remember());
  deps_.publish(std::make_shared<const Inventory>(roster_->take_inventory()));
}

void Discovery::tell_news() {
  for (const News& news : roster_->take_news()) {
    std::vector<Field> fields;
    if (!news.project_name.empty()) {
      fields.emplace_back("project_id", to_string(news.project_id));
      fields.emplace_back("project_name", news.project_name);
    }
    if (!news.cluster_name.empty()) fields.emplace_back("cluster_name", news.cluster_name);
    if (!news.detail.empty()) fields.emplace_back("detail", news.detail);
    deps_.log.write(news.warning ? LogLevel::Warn : LogLevel::Info, news.what, fields);
  }
}

}  // namespace restorewatch
