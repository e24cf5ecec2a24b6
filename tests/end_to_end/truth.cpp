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
  const bool own =
      std::ranges::find(job.cluster_names, job.target_cluster) != job.cluster_names.end();
  return own ? "same_cluster" : "same_project";
}

/// Whether a cluster of that tier shows jobs of that source.
bool lists(const std::string& tier, const std::string& source) {
  return source == tier || (source == "collection" && tier == "dedicated");
}

/// A download that had its link has its outcome, whatever becomes of it.
std::string final_outcome(const TrueJob& job) {
  if (std::ranges::find(job.shown, "ready") != job.shown.end()) return "completed";
  if (is_lost(job)) return "lost";
  if (!is_end(job.shown.back())) return "";
  return job.outcome.empty() ? job.shown.back() : job.outcome;
}

}  // namespace

bool is_end(const std::string& state) {
  return state != "pending" && state != "queued" && state != "running" && state != "in_progress" &&
         state != "ready";
}

bool is_lost(const TrueJob& job) {
  return (job.vanished || !job.reachable) && !job.shown.empty() && !is_end(job.shown.back());
}

std::string final_state(const TrueJob& job) {
  return is_lost(job) ? "lost" : job.shown.back();
}

std::string labels_of(const TrueJob& job, const std::string& more) {
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

std::vector<TrueJob> read_truth(const std::string& json) {
  std::vector<TrueJob> jobs;
  simdjson::dom::parser parser;
  const auto truth = parser.parse(json);
  for (const auto project : truth["projects"].get_array()) {
    for (const auto cluster : project["clusters"].get_array()) {
      std::vector<std::string> names{text(cluster, "name")};
      for (const auto name : cluster["earlier_names"].get_array()) {
        names.emplace_back(name.get_string().value());
      }
      for (const auto job : cluster["jobs"].get_array()) {
        TrueJob known{.id = text(job, "id"),
                      .source = text(job, "source"),
                      .project_id = text(job, "project_id"),
                      .project_name = text(job, "project_name"),
                      .cluster_id = text(job, "cluster_id"),
                      .cluster_name = text(job, "cluster_name"),
                      .delivery = text(job, "delivery"),
                      .state = text(job, "state"),
                      .outcome = text(job, "outcome"),
                      .requested_at = number(job, "requested_at"),
                      .finished_at = number(job, "finished_at"),
                      .target_project_id = text(job, "target_project_id"),
                      .target_cluster = text(job, "target_cluster"),
                      .vanished = job["vanished"].get_bool().value(),
                      .deleted = job["deleted"].get_bool().value(),
                      .reachable = !job["deleted"].get_bool().value() &&
                                   lists(text(cluster, "tier"), text(job, "source")),
                      .cluster_names = names,
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
    const std::string outcome = final_outcome(job);
    if (job.reachable) {
      ++jobs[labels_of(job, fmt::format("source={},state={}", job.source, final_state(job)))];
    }
    if (outcome == "completed" && job.finished_at > 0 && !job.deleted) {
      double& last = last_success[labels_of(job, "delivery=" + delivery_label(job))];
      last = std::max(last, job.finished_at);
    }
    if (baseline.contains(job.id)) continue;

    if (!job.deleted) ++requested[labels_of(job, "scope=" + scope(job))];
    if (!outcome.empty()) ++ends[job.source + " " + outcome];
    if (!outcome.empty() && !job.deleted) {
      const std::string kind = is_download(job) ? "download" : "restore";
      ++finished[labels_of(job, fmt::format("kind={},outcome={}", kind, outcome))];
    }
    if (is_end(job.shown.front())) {
      ++missed[fmt::format(R"(project_id="{}",project_name="{}")", job.project_id,
                           job.project_name)];
    }
    if (outcome == "completed" && !is_download(job) && job.finished_at > 0) ++durations;

    add_steps(job);
  }
}

void Expected::add_steps(const TrueJob& job) {
  std::vector<std::string> steps = job.shown;
  if (is_lost(job)) steps.emplace_back("lost");
  std::string from = "none";
  for (const std::string& to : steps) {
    ++transitions[fmt::format(R"(from="{}",source="{}",to="{}")", from, job.source, to)];
    event_ids.insert(fmt::format("{}:{}:1", job.id, to));
    from = to;
  }
}

std::string differences(const SeriesMap& shown, const SeriesMap& expected) {
  std::string text;
  SeriesMap both = shown;
  both.insert(expected.begin(), expected.end());
  const auto value = [](const SeriesMap& series, const std::string& labels) {
    const auto found = series.find(labels);
    return found == series.end() ? 0 : found->second;
  };
  for (const auto& [labels, ignored] : both) {
    const double is = value(shown, labels);
    const double should_be = value(expected, labels);
    if (is != should_be) text += fmt::format("{{{}}} is {}, not {}\n", labels, is, should_be);
  }
  return text;
}

SeriesMap without_zeros(SeriesMap series) {
  std::erase_if(series, [](const auto& entry) { return entry.second == 0; });
  return series;
}

}  // namespace restorewatch
