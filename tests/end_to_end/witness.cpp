#include "end_to_end/witness.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace restorewatch {
namespace {

constexpr std::string_view kLost = "lost";

using StatesOfJobs = std::map<std::string, std::vector<std::string>>;

StatesOfJobs states_of(const std::vector<JournalEntry>& journal) {
  StatesOfJobs states;
  for (const JournalEntry& entry : journal) {
    const Transition* const step = entry.transition();
    if (step != nullptr) states[to_string(step->job.id)].emplace_back(label(step->to));
  }
  return states;
}

/// Whether `part` is `whole` with some left out.
bool is_part(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  auto next = whole.begin();
  for (const std::string& each : part) {
    next = std::find(next, whole.end(), each);
    if (next == whole.end()) return false;
    ++next;
  }
  return true;
}

/// All that somebody who never looked away knows of the job.
std::vector<std::string> whole_life(const TrueJob& job) {
  std::vector<std::string> states = job.shown;
  if (is_lost(job)) states.emplace_back(kLost);
  return states;
}

/// The job is gone, so nobody could look again at what was not written down.
bool is_out_of_reach(const TrueJob& job) {
  return job.vanished || !job.reachable;
}

/// The event of its loss, if all that was delivered of the job is that it was open; else nothing.
std::string lost_if_told_open(const TrueJob& job, const std::set<std::string>& delivered) {
  bool told = false;
  const std::string prefix = job.id + ":";
  for (auto id = delivered.lower_bound(prefix); id != delivered.end() && id->starts_with(prefix);
       ++id) {
    const std::string state = id->substr(prefix.size(), id->rfind(':') - prefix.size());
    if (is_end(state) && state != kLost) return "";
    told = true;
  }
  return told ? prefix + std::string(kLost) + ":1" : "";
}

bool is_told_well(const TrueJob& job, const std::vector<std::string>& told, Steps steps) {
  const std::vector<std::string> life = whole_life(job);
  if (steps == Steps::All) return told == life;
  if (told.empty()) return life.empty() || is_out_of_reach(job);
  if (told.back() == kLost && is_out_of_reach(job)) {
    return is_part({told.begin(), told.end() - 1}, job.shown);
  }
  return is_part(told, life) && told.back() == life.back();
}

}  // namespace

std::set<std::string> awaited_events(const std::vector<TrueJob>& truth,
                                     const std::set<std::string>& baseline,
                                     const std::set<std::string>& delivered) {
  std::set<std::string> awaited;
  for (const TrueJob& job : truth) {
    if (baseline.contains(job.id)) continue;
    const std::string id =
        is_out_of_reach(job) ? lost_if_told_open(job, delivered) : job.id + ":" + job.state + ":1";
    if (!id.empty() && !delivered.contains(id)) awaited.insert(id);
  }
  return awaited;
}

Recount::Recount(const std::vector<JournalEntry>& journal, const std::vector<TrueJob>& jobs) {
  std::map<std::string, const TrueJob*> by_id;
  for (const TrueJob& job : jobs) by_id.emplace(job.id, &job);
  for (const JournalEntry& entry : journal) {
    const Transition* const step = entry.transition();
    if (step == nullptr) continue;
    ++transitions[fmt::format(R"(from="{}",source="{}",to="{}")",
                              step->from ? label(*step->from) : "none", label(step->target.source),
                              label(step->to))];
    const auto found = by_id.find(to_string(step->job.id));
    if (found == by_id.end()) continue;  // witness() reports it
    const TrueJob& job = *found->second;
    if (step->missed) {
      ++missed[fmt::format(R"(project_id="{}",project_name="{}")", job.project_id,
                           job.project_name)];
    }
    if (job.deleted) continue;
    if (step->counts_request) {
      ++requested[labels_of(job, fmt::format("scope={}", label(step->scope)))];
    }
    if (step->counts_outcome) {
      ++finished[labels_of(job,
                           fmt::format("kind={},outcome={}", label(kind_of(step->job.delivery)),
                                       label(step->outcome.value())))];
    }
  }
}

Witnessed witness(const std::vector<TrueJob>& truth, const std::set<std::string>& baseline,
                  const std::vector<JournalEntry>& journal, Steps steps) {
  Witnessed result;
  StatesOfJobs told = states_of(journal);
  for (TrueJob job : truth) {
    const auto node = told.extract(job.id);
    const std::vector<std::string> states =
        node.empty() ? std::vector<std::string>{} : node.mapped();
    const bool well = baseline.contains(job.id) ? states.empty() : is_told_well(job, states, steps);
    if (!well) {
      result.findings.push_back(fmt::format(
          "job {} of {}, {}: the journal has [{}], Atlas has shown [{}]", job.id, job.cluster_name,
          job.source, fmt::join(states, " "), fmt::join(job.shown, " ")));
    }
    if (!baseline.contains(job.id)) {
      job.shown = states;
      if (!states.empty() && states.back() == kLost) job.shown.pop_back();
    }
    result.jobs.push_back(std::move(job));
  }
  for (const auto& [id, states] : told) {
    result.findings.push_back(
        fmt::format("job {} never existed, and the journal has [{}]", id, fmt::join(states, " ")));
  }
  return result;
}

}  // namespace restorewatch
