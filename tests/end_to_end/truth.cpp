#include "end_to_end/truth.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

namespace restorewatch {
namespace {

std::string text(simdjson::dom::element job, const char* key) {
  std::string_view value;
  return job[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
}

double number(simdjson::dom::element job, const char* key) {
  double value = 0;
  return job[key].get(value) == simdjson::SUCCESS ? value : 0;
}

bool is_download(const TrueJob& job) {
  return job.delivery == "download";
}

std::string delivery_label(const TrueJob& job) {
  return job.delivery == "pointInTime" ? "point_in_time" : job.delivery;
}

std::string scope(const TrueJob& job) {
  if (is_download(job)) return "download";
  if (job.target_project_id.empty()) return "unknown";
  if (job.target_project_id != job.project_id) return "other_project";
  return job.target_cluster == job.cluster_name ? "same_cluster" : "same_project";
}

/// The labels in the order of their names, with one more pair in its place.
std::string labels(const TrueJob& job, const std::string& more) {
  std::map<std::string, std::string> sorted{{"cluster_name", job.cluster_name},
                                            {"project_id", job.project_id},
                                            {"project_name", job.project_name}};
  for (std::string_view rest = more; !rest.empty();) {
    const auto equals = rest.find('=');
    const auto end = std::min(rest.find(','), rest.size());
    sorted[std::string(rest.substr(0, equals))] = rest.substr(equals + 1, end - equals - 1);
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  std::string result;
  for (const auto& [key, value] : sorted) {
    result += fmt::format("{}{}=\"{}\"", result.empty() ? "" : ",", key, value);
  }
  return result;
}

std::string final_state(const TrueJob& job) {
  return job.vanished ? "lost" : job.state;
}

std::string final_outcome(const TrueJob& job) {
  if (!job.outcome.empty()) return job.outcome;
  return job.vanished ? "lost" : "";
}

bool is_end(const std::string& state) {
  return state != "in_progress" && state != "ready";
}

}  // namespace

std::vector<TrueJob> read_truth(const std::string& json) {
  std::vector<TrueJob> jobs;
  simdjson::dom::parser parser;
  const auto truth = parser.parse(json);
  for (const auto project : truth["projects"].get_array()) {
    for (const auto cluster : project["clusters"].get_array()) {
      for (const auto job : cluster["jobs"].get_array()) {
        TrueJob known{.id = text(job, "id"),
                      .project_id = text(job, "project_id"),
                      .project_name = text(job, "project_name"),
                      .cluster_name = text(job, "cluster_name"),
                      .delivery = text(job, "delivery"),
                      .state = text(job, "state"),
                      .outcome = text(job, "outcome"),
                      .requested_at = number(job, "requested_at"),
                      .finished_at = number(job, "finished_at"),
                      .target_project_id = text(job, "target_project_id"),
                      .target_cluster = text(job, "target_cluster"),
                      .vanished = job["vanished"].get_bool().value(),
                      .shown = {}};
        for (const auto state : job["shown"].get_array()) {
          known.shown.emplace_back(state.get_string().value());
        }
        jobs.push_back(std::move(known));
      }
    }
  }
  return jobs;
}

Expected::Expected(const std::vector<TrueJob>& all, const std::set<std::string>& baseline) {
  for (const TrueJob& job : all) {
    if (job.shown.empty()) continue;  // nobody could know of it
    ++jobs[labels(job, "source=dedicated,state=" + final_state(job))];
    const std::string outcome = final_outcome(job);
    if (outcome == "completed" && job.finished_at > 0) {
      double& last = last_success[labels(job, "delivery=" + delivery_label(job))];
      last = std::max(last, job.finished_at);
    }
    if (baseline.contains(job.id)) continue;

    ++requested[labels(job, "scope=" + scope(job))];
    if (!outcome.empty()) {
      const std::string kind = is_download(job) ? "download" : "restore";
      ++finished[labels(job, fmt::format("kind={},outcome={}", kind, outcome))];
    }
    if (is_end(job.shown.front())) {
      ++missed[fmt::format(R"(project_id="{}",project_name="{}")", job.project_id,
                           job.project_name)];
    }
    if (outcome == "completed" && !is_download(job) && job.finished_at > 0) ++durations;

    std::vector<std::string> steps = job.shown;
    if (job.vanished) steps.emplace_back("lost");
    std::string from = "none";
    for (const std::string& to : steps) {
      ++transitions[fmt::format(R"(from="{}",source="dedicated",to="{}")", from, to)];
      event_ids.insert(fmt::format("{}:{}:1", job.id, to));
      from = to;
    }
  }
}

SeriesMap without_zeros(SeriesMap series) {
  std::erase_if(series, [](const auto& entry) { return entry.second == 0; });
  return series;
}

}  // namespace restorewatch
